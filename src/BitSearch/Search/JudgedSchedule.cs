using BitSearch.Pareto;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>A completed schedule with its two objectives: bytes of the artifact and mean error rate.</summary>
internal sealed record JudgedSchedule(Schedule Schedule, Objectives Objectives)
{
    /// <summary>The completed schedules of a history, in order of first appearance.</summary>
    public static List<JudgedSchedule> Of(SearchSpace space, TrialHistory history) =>
        [.. history.Scores.Select(s => new JudgedSchedule(s.Schedule, new Objectives(SizeOf(space, s.Schedule), s.MeanErrorRate)))];

    /// <summary>The size that strategies minimise, known without a trial: bytes of the artifact.</summary>
    public static double SizeOf(SearchSpace space, Schedule schedule) => space.Footprint(schedule, BudgetMeasure.Artifact).Bytes;
}
