using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

/// <summary>Random spaces small enough for brute force: ties, exemptions, gaps in the widths, up to two budgets.</summary>
public static class SmallSpaces
{
    private static readonly int[] Pool = [1, 2, 3, 4, 8, 32];

    /// <summary>Spaces in which at least one schedule follows the pattern; the budgets may admit none.</summary>
    public static Gen<SearchSpace> Any { get; } = Gen.ULong.Select(Of).Where(s => !s.CountUnlimited().IsZero);

    public static SearchSpace Of(ulong seed)
    {
        var random = new SeededRandom(seed);
        var layers = Enumerable.Range(0, random.Next(1, 5)).Select(i => ($"l{i}", (EquatableArray<long>)[random.Next(1, 9), random.Next(1, 40)]));
        var network = TestNetworks.Of("small", [.. layers]);
        var points = network.Points.Where(p => p.Kind == PointKind.Weight || p.Depth % 2 == 0).Select(p => p with
        {
            Widths = Widths(random),
            TieGroup = random.Next(3) == 0 ? "tie" : null,
            FollowsPattern = random.Next(4) > 0,
        }).ToEquatableArray();
        var space = new SearchSpace(network with { Points = points }, (SchedulePattern)random.Next(5), []);
        return space.CountUnlimited().IsZero ? space : space with { Budgets = Budgets(space, random) };
    }

    /// <summary>Everything in the space by trying all combinations, from the definitions alone.</summary>
    public static List<Schedule> BruteForce(SearchSpace space) => [.. Combinations(space).Where(s => Allows(space, s))];

    /// <summary>All combinations of the points' widths.</summary>
    public static IEnumerable<Schedule> Combinations(SearchSpace space) => space.Network.Points
        .Aggregate((IEnumerable<Bitwidth[]>)[[]], (all, point) => all.SelectMany(_ => point.Widths, (widths, w) => (Bitwidth[])[.. widths, w]))
        .Select(widths => new Schedule(EquatableArray.Create<Bitwidth>(widths)));

    private static bool Allows(SearchSpace space, Schedule schedule)
    {
        var points = space.Network.Points.Select((p, i) => (Point: p, Width: schedule[i], Place: i)).ToList();
        var groups = points.GroupBy(p => p.Point.TieGroup ?? p.Point.Name).Select(g => g.ToList()).ToList();
        var ledger = Ledger.Of(space.Network, schedule);
        return groups.TrueForAll(g => g.TrueForAll(p => p.Width == g[0].Width))
            && Enum.GetValues<PointKind>().All(kind => Follow(space.Pattern, groups
                .Where(g => g.TrueForAll(p => p.Point.FollowsPattern) && g.Min(p => p.Point.Kind) == kind)
                .OrderBy(g => g[0].Point.Depth)
                .Select(g => (g[0].Width.Bits, g.Where(p => p.Point.Kind == kind).Max(p => p.Point.Elements))).ToList()))
            && space.Budgets.All(b => (b.Of == BudgetMeasure.Artifact ? ledger.Total : ledger.Weights) <= b.Limit);
    }

    private static bool Follow(SchedulePattern pattern, List<(int Width, long Size)> groups) => pattern switch
    {
        SchedulePattern.Homogeneous => groups.DistinctBy(g => g.Width).Count() <= 1,
        SchedulePattern.Decreasing => groups.Zip(groups.Skip(1)).All(g => g.First.Width >= g.Second.Width),
        SchedulePattern.Increasing => groups.Zip(groups.Skip(1)).All(g => g.First.Width <= g.Second.Width),
        SchedulePattern.BySize => groups.TrueForAll(a => groups.TrueForAll(b => a.Size >= b.Size || a.Width >= b.Width)),
        _ => true,
    };

    private static EquatableArray<Bitwidth> Widths(SeededRandom random)
    {
        var some = Pool.Where(_ => random.Next(2) == 0).Take(3).ToArray();
        return TestNetworks.Bits(some.Length == 0 ? [4] : some);
    }

    private static EquatableArray<Budget> Budgets(SearchSpace space, SeededRandom random) => Enum.GetValues<BudgetMeasure>()
        .Where(_ => random.Next(3) > 0)
        .Select(of =>
        {
            var (least, most) = (space.Smallest(of).Footprint.Bits, space.Largest(of).Footprint.Bits);
            return new Budget(new MemorySize(random.NextInt64(Math.Max(0, least - 4), most + 16)), of);
        }).ToEquatableArray();
}
