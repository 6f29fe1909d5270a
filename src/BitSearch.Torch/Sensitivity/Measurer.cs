using System.Diagnostics;
using System.Globalization;
using BitSearch.Search;
using BitSearch.Torch.Training;

namespace BitSearch.Torch.Sensitivity;

/// <summary>A measurement that was obtained.</summary>
/// <param name="File">The measurement, with what it was made of.</param>
/// <param name="Path">Where it is cached.</param>
/// <param name="Found">Whether it was there already.</param>
public sealed record ObtainedMeasurement(MeasurementFile File, string Path, bool Found);

/// <summary>Measures once: the same request finds the values again.</summary>
public static class Measurer
{
    /// <summary>Counts changes of this code that change values: part of every fingerprint.</summary>
    private const int Version = 1;

    /// <summary>
    /// SHA-256 over everything that decides a measure's values: weights, images, network, quantizers, widths, seed, the
    /// measure and its settings, versions. Budgets, patterns and arms do not enter.
    /// </summary>
    public static string Fingerprint(SensitivityMeasure measure, SensitivitySubject subject) => Checkpoint.Identity(
        $"sensitivity {Version}", measure.Name, measure.Settings(subject), string.Join('\n', subject.Origin.Select(o => $"{o.Key}: {o.Value}")));

    /// <summary>Where a measurement is, or will be, cached.</summary>
    public static string PathOf(SensitivityMeasure measure, SensitivitySubject subject, string cache) => Path.Combine(cache, string.Create(
        CultureInfo.InvariantCulture, $"{subject.Network.Name}-{measure.Name}-{Fingerprint(measure, subject)[..16]}.json"));

    /// <summary>Measures, or finds what was measured by the same request. A cached file that is damaged is measured again.</summary>
    /// <param name="measure">What.</param>
    /// <param name="subject">Of what.</param>
    /// <param name="cache">The folder; made when needed.</param>
    /// <param name="report">Hears of progress; of nothing when the measurement is found.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="PlanException">A value is not finite, a fine-tuning diverges, or the disk refuses.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested; nothing was written.</exception>
    public static ObtainedMeasurement Obtain(
        SensitivityMeasure measure, SensitivitySubject subject, string cache, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        var (fingerprint, path) = (Fingerprint(measure, subject), PathOf(measure, subject, cache));
        if (MeasurementFile.Find(path) is { } known && known.Fingerprint == fingerprint && known.Measurement.Name == measure.Name)
        {
            return new ObtainedMeasurement(known, path, Found: true);
        }

        var start = Stopwatch.GetTimestamp();
        TorchRuntime.OneThread();
        var values = measure.Measure(subject, report, cancellationToken);
        if (values.FirstOrDefault(v => !double.IsFinite(v.Value)) is { } wrong)
        {
            throw new PlanException(
                $"{measure.Name}: {wrong.Point}",
                string.Create(CultureInfo.InvariantCulture, $"its value{(wrong.Width.IsFull ? "" : $" at {wrong.Width} bits")} is {wrong.Value}"),
                "weights that are finite and trained, and no dead layer");
        }

        var file = new MeasurementFile(new Measurement(measure.Name, values.ToEquatableArray()), fingerprint)
        {
            Meaning = measure.Meaning,
            OwnMeaning = measure.OwnMeaning,
            Origin = new SortedDictionary<string, string>(subject.Origin.ToDictionary(), StringComparer.Ordinal) { ["settings"] = measure.Settings(subject) },
            Time = Stopwatch.GetElapsedTime(start),
        };
        file.Write(path);
        return new ObtainedMeasurement(file, path, Found: false);
    }
}
