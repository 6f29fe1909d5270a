using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>Where in the network repairs take place.</summary>
public static class RepairDepths
{
    /// <summary>The mean depth of all points that repairs changed, 0 at the first layer and 1 at the last.</summary>
    /// <param name="network">The network.</param>
    /// <param name="trials">Any trials; those that are no repairs count for nothing.</param>
    /// <returns>The mean, each changed point counted once a repair; null if nothing was repaired.</returns>
    public static double? Mean(NetworkDescription network, IEnumerable<Trial> trials)
    {
        var last = Math.Max(1, network.Points.Max(p => p.Depth));
        var depths =
            from repair in trials.Select(t => (To: t.Schedule, From: t.Proposed)).Where(t => t.From is not null)
            from point in Enumerable.Range(0, network.Points.Count)
            where repair.To[point] != repair.From![point]
            select (double)network.Points[point].Depth / last;
        return depths.Select(d => (double?)d).Average();
    }
}
