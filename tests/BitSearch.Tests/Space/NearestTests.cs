using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

/// <summary>Repairs against the definition, by brute force on random small spaces with one budget, two or none.</summary>
public sealed class NearestTests
{
    [Fact]
    public void The_nearest_is_as_near_as_any_and_not_excluded() => Gen.Select(SmallSpaces.Any.Where(s => s.Count() < 200), Gen.ULong).Sample(
        (space, seed) =>
        {
            var random = new SeededRandom(seed);
            var target = Anything(space, random);
            var all = space.Enumerate().ToList();
            var except = all.Where(_ => random.Next(3) == 0).Append(target).ToList();
            var left = all.Except(except).ToList();
            var nearest = space.Nearest(target, except, random);
            Assert.Equal(left.Count == 0, nearest is null);
            if (nearest is not null)
            {
                Assert.Contains(nearest, left);
                Assert.Equal(left.Min(s => Distance(s, target)), Distance(nearest, target));
            }
        },
        iter: 1000);

    [Fact]
    public void Ties_are_broken_by_the_seed_alone() => SmallSpaces.Any.Where(s => s.Count() is var count && count > 0 && count < 200).Sample(
        space =>
        {
            var target = Anything(space, new SeededRandom(3));
            Assert.Equal(space.Nearest(target, [], new SeededRandom(5)), space.Nearest(target, [], new SeededRandom(5)));
            var reached = Enumerable.Range(0, 50).Select(i => space.Nearest(target, [], new SeededRandom((ulong)i))!).ToHashSet();
            var least = reached.Min(s => Distance(s, target));
            var nearest = space.Enumerate().Where(s => Distance(s, target) == least).ToList();
            Assert.Subset(nearest.ToHashSet(), reached);
            Assert.True(nearest.Count == 1 || reached.Count > 1);
        },
        iter: 50);

    [Fact]
    public void Where_all_layers_are_alike_repairs_take_place_at_any_depth()
    {
        var network = TestNetworks.Of("alike", [.. Enumerable.Range(0, 12).Select(i => ($"l{i}", (EquatableArray<long>)[8, 80]))]);
        var free = SearchSpace.Of(network, new SpaceRules(TestNetworks.Bits(2, 3, 4, 5, 6, 7, 8)), SchedulePattern.Free, []);
        var proposed = free.Homogeneous(new Bitwidth(6))!;
        var fits = free.Homogeneous(new Bitwidth(5))!;
        var space = free with { Budgets = [new(free.Footprint(fits, BudgetMeasure.Weights), BudgetMeasure.Weights)] };
        var depths = Enumerable.Range(0, 300).Select(i => space.Nearest(proposed, [], new SeededRandom((ulong)i))!)
            .SelectMany(s => Enumerable.Range(0, 12).SelectMany(p => Enumerable.Repeat(p, 6 - s[p].Bits))).ToList();
        Assert.Equal(300 * 12, depths.Count);
        Assert.InRange(depths.Average(), 5.3, 5.7);
    }

    [Fact]
    public void Lowering_from_the_last_layer_is_what_HAQ_does()
    {
        var network = TestNetworks.Of("small", ("a", [1, 80]), ("b", [1, 80]), ("c", [1, 80]), ("d", [1, 80]));
        var free = SearchSpace.Of(network, new SpaceRules(TestNetworks.Bits(2, 3, 4, 8)), SchedulePattern.Free, []);
        var proposed = Schedule.Parse("8-8-8-3-32-32-32-32");
        // d, then c, then b lose one width each; then it fits, and a keeps its eight bits.
        Assert.Equal("8-4-4-2-32-32-32-32", Within(Footprint("8-4-4-2")));
        // One byte less: a is next.
        Assert.Equal("4-4-4-2-32-32-32-32", Within(Footprint("8-4-4-2") - MemorySize.FromBytes(1)));
        // Two rounds and a bit.
        Assert.Equal("4-3-3-2-32-32-32-32", Within(Footprint("4-4-4-2") - MemorySize.FromBytes(11)));
        Assert.Equal("2-2-2-2-32-32-32-32", Within(MemorySize.FromBytes(1)));
        Assert.Equal(proposed, free.LoweredFromLast(proposed));

        string Within(MemorySize limit) => (free with { Budgets = [new(limit, BudgetMeasure.Weights)] }).LoweredFromLast(proposed).ToString();
        MemorySize Footprint(string weights) => free.Footprint(Schedule.Parse($"{weights}-32-32-32-32"), BudgetMeasure.Weights);
    }

    private static int Distance(Schedule a, Schedule b) => a.Widths.Zip(b.Widths).Sum(p => Math.Abs(p.First.Bits - p.Second.Bits));

    private static Schedule Anything(SearchSpace space, SeededRandom random) => new(space.Network.Points
        .Select(p => random.Next(4) == 0 ? new Bitwidth(random.Next(1, 9)) : p.Widths[random.Next(p.Widths.Count)]).ToEquatableArray());
}
