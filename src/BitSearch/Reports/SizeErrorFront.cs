namespace BitSearch.Reports;

/// <summary>Pareto front, hypervolume and knee of schedules over (size, mean validation error rate), both minimised.</summary>
internal static class SizeErrorFront
{
    /// <summary>What no other dominates, by ascending size; of equal points the lowest number. O(n log n).</summary>
    public static List<ReportedSchedule> Of(IEnumerable<ReportedSchedule> schedules)
    {
        var front = new List<ReportedSchedule>();
        foreach (var schedule in schedules.OrderBy(s => s.Size).ThenBy(s => s.ErrorRate).ThenBy(s => s.Trial))
        {
            if (front.Count == 0 || schedule.ErrorRate < front[^1].ErrorRate)
            {
                front.Add(schedule);
            }
        }

        return front;
    }

    /// <summary>The share of the reference rectangle that a front dominates, 0..1.</summary>
    public static double Hypervolume(IReadOnlyList<ReportedSchedule> front, ReferencePoint reference)
    {
        var area = 0.0;
        var above = reference.ErrorRate;
        foreach (var schedule in front.Where(s => s.Size < reference.Size && s.ErrorRate < reference.ErrorRate))
        {
            area += (1 - ((double)schedule.Size.Bits / reference.Size.Bits)) * (above - schedule.ErrorRate);
            above = schedule.ErrorRate;
        }

        return area / reference.ErrorRate;
    }

    /// <summary>
    /// The schedule farthest below the line between the front's ends, both axes scaled to 0..1 over the front; null for
    /// fewer than three schedules or when none lies below.
    /// </summary>
    public static ReportedSchedule? Knee(IReadOnlyList<ReportedSchedule> front)
    {
        if (front.Count < 3)
        {
            return null;
        }

        var (first, last) = (front[0], front[^1]);
        var bits = (double)(last.Size.Bits - first.Size.Bits);
        var errors = first.ErrorRate - last.ErrorRate;
        double Below(ReportedSchedule s) => 1 - ((s.Size.Bits - first.Size.Bits) / bits) - ((s.ErrorRate - last.ErrorRate) / errors);
        var knee = front.MaxBy(Below)!;
        return Below(knee) > 1e-12 ? knee : null;
    }
}
