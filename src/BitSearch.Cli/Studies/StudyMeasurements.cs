using BitSearch.Cli.Plans;
using BitSearch.Space;
using BitSearch.Torch;
using BitSearch.Torch.Sensitivity;

namespace BitSearch.Cli.Studies;

/// <summary>Measures a plan's float network, once for all budgets and arms.</summary>
internal static class StudyMeasurements
{
    /// <summary>Measurements are kept here, by fingerprint.</summary>
    public static string Cache => StudyMaterials.CacheOf("sensitivity");

    /// <summary>What the study's proposers need, in ordinal order.</summary>
    public static IReadOnlyList<string> NeededBy(PlannedStudy study) =>
        [.. study.Arms.SelectMany(a => a.Proposer.Needs).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Measures, or finds what was measured before.</summary>
    /// <param name="study">The study; each point is measured at every width that one of its arms allows.</param>
    /// <param name="materials">Its images and weights.</param>
    /// <param name="names">Names of measures.</param>
    /// <param name="settings">How much work is put into it.</param>
    /// <param name="display">Shows progress.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="PlanException">A measure is unknown, or something cannot be measured.</exception>
    public static async Task<IReadOnlyList<ObtainedMeasurement>> ObtainAsync(
        PlannedStudy study, StudyMaterials materials, IReadOnlyList<string> names, SensitivitySettings settings, ProgressDisplay display, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return [];
        }

        var measures = names.Select(n => SensitivityMeasure.Catalog.Create(n, "measure")).ToList();
        TorchRuntime.Initialise();
        using var subject = await Task.Run(() => new SensitivitySubject(study.Plan, NetworkOf(study), materials.Data, materials.Weights!, settings), cancellationToken);
        var obtained = new List<ObtainedMeasurement>();
        foreach (var measure in measures)
        {
            obtained.Add(await display.MeasuringAsync($"measuring {measure.Name}", report => Task.Run(
                () => Measurer.Obtain(measure, subject, Cache, report, cancellationToken), cancellationToken)));
        }

        return obtained;
    }

    /// <summary>The network with every width that an arm allows.</summary>
    public static NetworkDescription NetworkOf(PlannedStudy study) => SensitivitySubject.Widths([.. study.Arms.Select(a => a.Space)]);
}
