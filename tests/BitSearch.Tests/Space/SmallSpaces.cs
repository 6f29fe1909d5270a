using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

/// <summary>Random spaces small enough for brute force: ties, exemptions, gaps in the widths, shared activations, up to five budgets.</summary>
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
        var pattern = (SchedulePattern)random.Next(6);
        var space = new SearchSpace(network with { Points = points, LiveSteps = LiveSteps(network, random) }, pattern, [])
        {
            Shuffles = pattern == SchedulePattern.Shuffled ? Shuffled(points, random) : null,
        };
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
        return groups.TrueForAll(g => g.TrueForAll(p => p.Width == g[0].Width))
            && Enum.GetValues<PointKind>().All(kind => Follow(space, groups
                .Where(g => g.TrueForAll(p => p.Point.FollowsPattern) && g.Min(p => p.Point.Kind) == kind)
                .OrderBy(g => g[0].Point.Depth)
                .Select(g => (g[0].Width.Bits, g.Where(p => p.Point.Kind == kind).Max(p => p.Point.Elements), space.Shuffles is { } s ? s[g[0].Place].Bits : 0)).ToList()))
            && space.Budgets.All(b => Amount(space.Network, schedule, b.Of) <= b.Most);
    }

    /// <summary>What a schedule takes, from the definitions alone.</summary>
    public static long Amount(NetworkDescription network, Schedule schedule, BudgetMeasure of)
    {
        var ledger = Ledger.Of(network, schedule);
        var bits = network.Points.Select((p, i) => (p.Name, schedule[i].Bits)).ToDictionary(p => p.Name, p => (long)p.Bits);
        return of switch
        {
            BudgetMeasure.Artifact => ledger.Total.Bits,
            BudgetMeasure.Weights => ledger.Weights.Bits,
            BudgetMeasure.AverageBits => network.WeightPoints.Sum(p => p.Elements * bits[p.Name]),
            BudgetMeasure.BitOperations => network.WeightPoints.Sum(p => p.Macs * bits[p.Name] * bits.GetValueOrDefault($"{p.Layer}.input", 32)),
            _ => network.LiveSteps.Max(s => s.Tensors.Sum(t => t.Elements * (t.Point is null ? 32 : bits[t.Point]))),
        };
    }

    private static bool Follow(SearchSpace space, List<(int Width, long Size, int Shuffled)> groups) => space.Pattern switch
    {
        SchedulePattern.Homogeneous => groups.DistinctBy(g => g.Width).Count() <= 1,
        SchedulePattern.Decreasing => groups.Zip(groups.Skip(1)).All(g => g.First.Width >= g.Second.Width),
        SchedulePattern.Increasing => groups.Zip(groups.Skip(1)).All(g => g.First.Width <= g.Second.Width),
        SchedulePattern.BySize => groups.TrueForAll(a => groups.TrueForAll(b => a.Size >= b.Size || a.Width >= b.Width)),
        SchedulePattern.Shuffled => groups.Select(g => g.Width).Order().SequenceEqual(groups.Select(g => g.Shuffled).Order()),
        _ => true,
    };

    // Up to four steps at which some inputs and the image are held.
    private static EquatableArray<LiveStep> LiveSteps(NetworkDescription network, SeededRandom random) =>
    [
        .. Enumerable.Range(0, random.Next(1, 5)).Select(step => new LiveStep($"step{step}", [
            new LiveTensor(random.Next(1, 20), null),
            .. network.Points.Where(p => p.Kind == PointKind.Activation && p.Depth % 2 == 0 && random.Next(2) == 0).Select(p => new LiveTensor(random.Next(1, 100), p.Name))])),
    ];

    // One of the schedules that keep ties and widths.
    private static Schedule Shuffled(EquatableArray<QuantizationPoint> points, SeededRandom random)
    {
        var ties = new Dictionary<string, Bitwidth>();
        return new Schedule(points.Select(p =>
        {
            var width = p.Widths[random.Next(p.Widths.Count)];
            return p.TieGroup is null ? width : ties.TryGetValue(p.TieGroup, out var tied) ? tied : ties[p.TieGroup] = width;
        }).ToEquatableArray());
    }

    private static EquatableArray<Bitwidth> Widths(SeededRandom random)
    {
        var some = Pool.Where(_ => random.Next(2) == 0).Take(3).ToArray();
        return TestNetworks.Bits(some.Length == 0 ? [4] : some);
    }

    private static EquatableArray<Budget> Budgets(SearchSpace space, SeededRandom random) => Enum.GetValues<BudgetMeasure>()
        .Where(_ => random.Next(2) > 0)
        .Select(of =>
        {
            var (least, most) = (space.Smallest(of).Amount, space.Largest(of).Amount);
            return new Budget(random.NextInt64(Math.Max(0, least - 4), most + 16), of);
        }).ToEquatableArray();
}
