using BitSearch.Pareto;

namespace BitSearch.Reports;

/// <summary>Pareto front, hypervolume and knee of schedules over (size, mean validation error rate), both minimised.</summary>
internal static class SizeErrorFront
{
    /// <summary>What no other dominates, by ascending size; of equal points the lowest number. O(n log n).</summary>
    public static List<ReportedSchedule> Of(IEnumerable<ReportedSchedule> schedules) =>
        [.. ParetoFront.Of(schedules.OrderBy(s => s.Trial), Judge)];

    /// <summary>The share of the reference rectangle that schedules dominate, 0..1.</summary>
    public static double Hypervolume(IReadOnlyList<ReportedSchedule> schedules, ReferencePoint reference) =>
        Pareto.Hypervolume.Of(schedules.Select(Judge), new Objectives(reference.Size.Bits, reference.ErrorRate))
            / reference.Size.Bits / reference.ErrorRate;

    /// <summary>
    /// The schedule farthest below the line between the front's ends, both axes scaled to 0..1 over the front; null for
    /// fewer than three schedules or when none lies below.
    /// </summary>
    public static ReportedSchedule? Knee(IReadOnlyList<ReportedSchedule> front) =>
        Pareto.Knee.Of([.. front.Select(Judge)]) is { } knee ? front[knee] : null;

    private static Objectives Judge(ReportedSchedule schedule) => new(schedule.Size.Bits, schedule.ErrorRate);
}
