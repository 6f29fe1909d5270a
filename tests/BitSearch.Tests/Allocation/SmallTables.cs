using BitSearch.Allocation;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests.Allocation;

/// <summary>Random problems small enough for brute force: ties, exemptions, activations, gaps in the widths, up to three limits.</summary>
internal static class SmallTables
{
    private static readonly int[] Pool = [1, 2, 3, 4, 8];

    /// <summary>Reads a problem off a seed; sensitivities are whole numbers, many alike, or any doubles.</summary>
    public static AllocationProblem Of(ulong seed)
    {
        var random = new SeededRandom(seed);
        var (count, whole, measures) = (random.Next(1, 6), random.Next(2) == 0, random.Next(0, 4));
        var tied = Pool.Where(_ => random.Next(2) == 0).DefaultIfEmpty(4).ToArray();
        var points = Enumerable.Range(0, count).Select(i =>
        {
            var tie = random.Next(3) == 0 ? "tie" : null;
            var widths = tie is null ? Pool.Where(_ => random.Next(2) == 0).DefaultIfEmpty(2).Take(4).ToArray() : tied;
            return new SensitivityPoint($"l{i}", random.Next(4) == 0 ? PointKind.Activation : PointKind.Weight, widths.Select(w => new WidthOption(
                new Bitwidth(w),
                whole ? random.Next(-2, 5) : random.NextDouble() / w,
                Enumerable.Range(0, measures).Select(m => m == 0 ? w * 8L : random.Next(6)).ToEquatableArray())).ToEquatableArray())
            {
                TieGroup = tie,
                Elements = random.Next(1, 4),
                FollowsPattern = random.Next(4) > 0,
            };
        }).ToList();
        var table = SensitivityTable.Of(Enumerable.Range(0, measures).Select(m => new CostMeasure($"c{m}", "", 1)), points);
        var limits = Enumerable.Range(0, measures).Select(m => new CostLimit(m, random.Next(m == 0 ? count * 70 : count * 6)));
        return new AllocationProblem(table, (SchedulePattern)random.Next(5), limits.ToEquatableArray());
    }

    /// <summary>All schedules that the definitions allow, limits aside, best first in the order that the solver promises.</summary>
    public static List<Solution> BruteForce(SensitivityTable table, SchedulePattern pattern, IEnumerable<int> costOrder)
    {
        var groups = table.Points.Select((p, i) => (Point: p, Place: i)).GroupBy(p => p.Point.TieGroup ?? p.Point.Name).Select(g => g.ToList())
            .OrderBy(g => g.Min(p => p.Point.Kind)).ThenBy(g => pattern == SchedulePattern.BySize ? Size(g.Select(p => p.Point)) : 0).ThenBy(g => g[0].Place).ToList();
        var all = table.Points.Aggregate((IEnumerable<Bitwidth[]>)[[]], (some, p) => some.SelectMany(_ => p.Options, (widths, o) => (Bitwidth[])[.. widths, o.Width]));
        var allowed = all.Where(w => groups.TrueForAll(g => g.TrueForAll(p => w[p.Place] == w[g[0].Place])) && Enum.GetValues<PointKind>().All(kind => Follow(pattern, [
            .. groups.Where(g => g.TrueForAll(p => p.Point.FollowsPattern) && g.Min(p => p.Point.Kind) == kind).Select(g => (w[g[0].Place].Bits, Size(g.Select(p => p.Point))))])));
        var solutions = allowed.Select(w => new Solution(
            new Schedule(EquatableArray.Create<Bitwidth>(w)),
            groups.Sum(g => g.Sum(p => table.OptionOf(p.Place, w[p.Place]).Sensitivity)),
            Enumerable.Range(0, table.Measures.Count).Select(m => w.Select((width, i) => table.OptionOf(i, width).Costs[m]).Sum()).ToEquatableArray()));
        var sorted = solutions.OrderBy(s => s.Sensitivity);
        foreach (var measure in costOrder)
        {
            sorted = sorted.ThenBy(s => s.Costs[measure]);
        }

        return [.. groups.AsEnumerable().Reverse().Aggregate(sorted, (order, g) => order.ThenBy(s => s.Schedule[g[0].Place].Bits))];
    }

    private static long Size(IEnumerable<SensitivityPoint> tied) => tied.GroupBy(p => p.Kind).MinBy(k => k.Key)!.Max(p => p.Elements);

    private static bool Follow(SchedulePattern pattern, List<(int Bits, long Size)> groups) => pattern switch
    {
        SchedulePattern.Homogeneous => groups.DistinctBy(g => g.Bits).Count() <= 1,
        SchedulePattern.Decreasing => groups.Zip(groups.Skip(1)).All(p => p.First.Bits >= p.Second.Bits),
        SchedulePattern.Increasing => groups.Zip(groups.Skip(1)).All(p => p.First.Bits <= p.Second.Bits),
        SchedulePattern.BySize => groups.TrueForAll(a => groups.TrueForAll(b => a.Size >= b.Size || a.Bits >= b.Bits)),
        _ => true,
    };
}
