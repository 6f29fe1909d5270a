using BitSearch.Statistics;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>A reading of the validation error on the way, over the repeats of a schedule.</summary>
/// <param name="Reading">From 1: one after each full epoch, the last one after the whole training, norms re-estimated.</param>
/// <param name="ErrorRate">The mean over the repeats and its 95 % interval; a single repeat is its own interval.</param>
public sealed record CurvePoint(int Reading, BootstrapInterval ErrorRate);

/// <summary>How a schedule learned.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Points">At least two.</param>
public sealed record LearningCurve(ReportedSchedule Schedule, EquatableArray<CurvePoint> Points)
{
    /// <summary>The curves of the homogeneous baselines and of the finalists that were read more than once, by ascending size.</summary>
    /// <param name="facts">The study.</param>
    /// <param name="schedules">All its schedules.</param>
    /// <param name="finalists">Its finalists.</param>
    public static IEnumerable<LearningCurve> Of(StudyFacts facts, IEnumerable<ReportedSchedule> schedules, IEnumerable<Finalist> finalists) =>
        schedules.Where(s => s.Homogeneous is not null && s.Arms.Contains(Trial.BaselineArm)).Concat(finalists.Select(f => f.Schedule))
            .DistinctBy(s => s.Schedule).OrderBy(s => s.Size).ThenBy(s => s.Trial)
            .Select(s => new LearningCurve(s, Mean(facts.History.CompletedRepeats(s.Schedule), new Seed(facts.Plan.Seed))))
            .Where(c => c.Points.Count > 1);

    private static EquatableArray<CurvePoint> Mean(IEnumerable<Trial> trials, Seed seed)
    {
        var curves = trials.Select(t => t.Completed!.Curve).ToList();
        return [.. Enumerable.Range(0, curves.Min(c => c.Count)).Select(i => new CurvePoint(i + 1, Mean([.. curves.Select(c => c[i])], seed)))];
    }

    private static BootstrapInterval Mean(IReadOnlyList<double> errors, Seed seed) =>
        errors.Count == 1 ? new BootstrapInterval(errors[0], errors[0], errors[0]) : BootstrapInterval.OfMean(errors, seed);
}
