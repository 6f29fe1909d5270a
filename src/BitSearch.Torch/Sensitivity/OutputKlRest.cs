using BitSearch.Search;
using BitSearch.Space;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// The other side of <see cref="OutputKl"/>: what the outputs gain when one point is at full precision and all others are
/// quantized. At width b all points are at b, or at their own nearest width; the value is the KL there minus the KL with this
/// point alone at full precision. Negative where quantizing the point makes up for errors of others.
/// </summary>
[Component("output-kl-rest")]
public sealed class OutputKlRest : SensitivityMeasure
{
    /// <inheritdoc/>
    public override string Meaning => "fall of the outputs' KL when of a network all at the width the point alone goes to full precision, nats an image";

    /// <inheritdoc/>
    public override string Settings(SensitivitySubject subject) => subject.CalibrationAndImages;

    /// <inheritdoc/>
    public override IReadOnlyList<MeasuredValue> Measure(
        SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        using var gap = new OutputGap(subject, OutputGap.Kl, cancellationToken);
        var (points, widths) = (subject.Network.Points, subject.AllWidths);
        var (done, parts) = (0, points.Sum(p => p.Widths.Count(w => !w.IsFull)) + widths.Count);
        var values = new Dictionary<(int, Bitwidth), double>();
        foreach (var width in widths)
        {
            var all = subject.Nearest(width);
            using var network = subject.CreateCalibrated((_, i) => [all[i]], all, cancellationToken);
            var whole = Gap(all);
            for (var i = 0; i < points.Count; i++)
            {
                if (points[i].Widths.Contains(width))
                {
                    values[(i, width)] = whole - Gap(all.With(i, Bitwidth.Full));
                }
            }

            double Gap(Schedule schedule)
            {
                network.Use(schedule);
                report(new MeasuringProgress(++done, parts));
                return gap.Of(network, cancellationToken);
            }
        }

        return [.. points.SelectMany((p, i) => p.Widths.Select(w => new MeasuredValue(p.Name, w, w.IsFull ? 0 : values[(i, w)])))];
    }
}
