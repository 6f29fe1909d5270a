using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;
using MathNet.Numerics.Distributions;

namespace BitSearch.Tests;

public sealed class SearchSpaceTests
{
    [Fact]
    public void Count_enumeration_and_brute_force_agree() => SmallSpaces.Any.Sample(
        space =>
        {
            var brute = SmallSpaces.BruteForce(space);
            var listed = space.Enumerate().ToList();
            Assert.Equal(brute.Count, space.Count());
            Assert.Equal(brute.Count, listed.Count);
            Assert.Equal(brute.ToHashSet(), listed.ToHashSet());
            Assert.Equal(SmallSpaces.BruteForce(space with { Budgets = [] }).Count, space.CountUnlimited());
        },
        iter: 3000);

    [Fact]
    public void Contains_is_what_brute_force_allows() => SmallSpaces.Any.Sample(
        space =>
        {
            var inside = SmallSpaces.BruteForce(space).ToHashSet();
            Assert.All(SmallSpaces.Combinations(space), s => Assert.Equal(inside.Contains(s), space.Contains(s)));
        },
        iter: 100);

    [Fact]
    public void The_nth_schedules_are_the_enumeration_also_when_some_are_left_out() => Gen.Select(SmallSpaces.Any, Gen.ULong).Sample(
        (space, seed) =>
        {
            var random = new SeededRandom(seed);
            var all = space.Enumerate().ToList();
            Assert.Equal(all, Enumerable.Range(0, all.Count).Select(i => space.Nth(i)));
            var except = all.Where(_ => random.Next(2) == 0).ToList();
            var rest = all.Except(except).ToList();
            var stranger = Schedule.Homogeneous(space.Network.Points.Count, new Bitwidth(31));
            Assert.Equal(rest, Enumerable.Range(0, rest.Count).Select(i => space.Nth(i, [.. except, .. except, stranger])));
            Assert.Null(space.Nth(rest.Count, except));
            Assert.Throws<ArgumentOutOfRangeException>(() => space.Nth(all.Count));
        },
        iter: 1000);

    [Fact]
    public void Footprints_are_what_the_ledger_says() => SmallSpaces.Any.Sample(
        space => Assert.All(SmallSpaces.Combinations(space with { Budgets = [] }).Take(200), schedule =>
        {
            var layout = PackedLayout.Of(space.Network, schedule);
            Assert.Equal(layout.Ledger.Total, space.Footprint(schedule, BudgetMeasure.Artifact));
            Assert.Equal(layout.Length, space.Footprint(schedule, BudgetMeasure.Artifact).Bytes);
            Assert.Equal(layout.Ledger.Weights, space.Footprint(schedule, BudgetMeasure.Weights));
            Assert.All(Enum.GetValues<BudgetMeasure>(), of => Assert.Equal(SmallSpaces.Amount(space.Network, schedule, of), space.Amount(schedule, of)));
        }),
        iter: 100);

    [Fact]
    public void Smallest_largest_and_fullest_are_those_of_brute_force() => Gen.Select(SmallSpaces.Any, Gen.Enum<BudgetMeasure>()).Sample(
        (space, of) =>
        {
            long Size(Schedule s) => SmallSpaces.Amount(space.Network, s, of);
            var inside = SmallSpaces.BruteForce(space);
            var unlimited = SmallSpaces.BruteForce(space with { Budgets = [] });
            Assert.Equal(unlimited.Min(Size), space.Smallest(of).Amount);
            Assert.Equal(unlimited.Max(Size), space.Largest(of).Amount);
            Assert.Contains(space.Smallest(of).Schedule, unlimited);
            Assert.Equal(inside.Count == 0 ? null : inside.Max(Size), space.Fullest(of)?.Amount);
            Assert.True(space.Fullest(of) is null || inside.Contains(space.Fullest(of)!.Schedule));
            Assert.Equal(inside.Count == 0 ? null : inside.Min(Size), space.Leanest(of)?.Amount);
            Assert.True(space.Leanest(of) is null || inside.Contains(space.Leanest(of)!.Schedule));
            Assert.Equal(inside.Count == 0, space.WhyEmpty("budget") is not null);
        },
        iter: 300);

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(159)]
    [InlineData(2653)]
    [InlineData(58979)]
    public void Samples_are_uniform(ulong seed)
    {
        var space = Enumerable.Range(0, 1000).Select(i => SmallSpaces.Of(seed + (ulong)i)).First(s => s.Count() > 5);
        var all = space.Enumerate().ToList();
        var except = all[2];
        var random = new SeededRandom(seed);
        var counts = Enumerable.Range(0, 40 * all.Count).Select(_ => space.Sample(random)!).CountBy(s => s).ToDictionary();
        Assert.True(ChiSquare(all, counts) < ChiSquared.InvCDF(all.Count - 1, 0.999));
        counts = Enumerable.Range(0, 40 * all.Count).Select(_ => space.Sample(random, [except])!).CountBy(s => s).ToDictionary();
        Assert.DoesNotContain(except, counts);
        Assert.True(ChiSquare([.. all.Where(s => s != except)], counts) < ChiSquared.InvCDF(all.Count - 2, 0.999));
    }

    [Fact]
    public void An_empty_space_gives_no_sample()
    {
        var space = SmallSpaces.Of(1) with { Budgets = [new Budget(new MemorySize(8), BudgetMeasure.Artifact)] };
        Assert.True(space.Count().IsZero);
        Assert.Null(space.Sample(new SeededRandom(1)));
        Assert.Empty(space.Enumerate());
        Assert.Null(space.Fullest(BudgetMeasure.Artifact));
    }

    [Fact]
    public void Equality_is_by_content_and_forgets_what_was_computed()
    {
        var (one, two) = (SmallSpaces.Of(5), SmallSpaces.Of(5));
        Assert.True(one.Count() >= 0);
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        var (free, homogeneous) = (one with { Pattern = SchedulePattern.Free }, one with { Pattern = SchedulePattern.Homogeneous });
        Assert.NotEqual(free, homogeneous);
        Assert.True(free.CountUnlimited() >= homogeneous.CountUnlimited());
    }

    [Fact]
    public void Homogeneous_schedules_follow_every_pattern() => SmallSpaces.Any.Sample(
        space => Assert.All(space.HomogeneousWidths, width =>
        {
            var schedule = space.Homogeneous(width)!;
            Assert.All(Enum.GetValues<SchedulePattern>(), p => Assert.Null((space with { Pattern = p, Budgets = [], Shuffles = schedule }).WhyNot(schedule)));
        }),
        iter: 300);

    private static double ChiSquare(List<Schedule> all, Dictionary<Schedule, int> counts)
    {
        var expected = (double)counts.Values.Sum() / all.Count;
        return all.Sum(s => Math.Pow(counts.GetValueOrDefault(s) - expected, 2) / expected);
    }
}
