using System.Diagnostics;
using System.Numerics;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class SearchSpaceCountTests(ITestOutputHelper output)
{
    private static SearchSpace Space(SchedulePattern pattern, EquatableArray<Bitwidth> widths, params Budget[] budgets) =>
        SearchSpace.Of(TestNetworks.ResNet20(), new SpaceRules(widths), pattern, EquatableArray.Create<Budget>(budgets));

    [Theory]
    [InlineData(SchedulePattern.Homogeneous, "4")]
    [InlineData(SchedulePattern.Decreasing, "1771")]
    [InlineData(SchedulePattern.Increasing, "1771")]
    [InlineData(SchedulePattern.BySize, "178050")]
    [InlineData(SchedulePattern.Free, "1099511627776")]
    public void ResNet_20_with_four_widths_has_the_published_numbers_of_schedules(SchedulePattern pattern, string count) =>
        Assert.Equal(BigInteger.Parse(count), Space(pattern, TestNetworks.Bits(1, 2, 4, 8)).Count());

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void ResNet_20_with_six_widths_is_counted_sampled_and_filled_under_a_budget_within_seconds(double share)
    {
        var space = Space(SchedulePattern.Free, TestNetworks.Bits(1, 2, 3, 4, 6, 8));
        var (least, most) = (space.Smallest(BudgetMeasure.Artifact).Footprint.Bytes, space.Largest(BudgetMeasure.Artifact).Footprint.Bytes);
        var limited = space with { Budgets = [new Budget(MemorySize.FromBytes(least + (long)(share * (most - least))), BudgetMeasure.Artifact)] };
        var (count, counted) = Timed(limited.Count);
        var (samples, sampled) = Timed(() => Enumerable.Range(0, 1000).Select(i => limited.Sample(new SeededRandom((ulong)i))!).ToList());
        var (fullest, filled) = Timed(() => limited.Fullest(BudgetMeasure.Artifact)!);
        output.WriteLine($"{limited}: {count} in {counted} ms, 1,000 samples in {sampled} ms, at most {fullest.Footprint} in {filled} ms");
        Assert.InRange(count, BigInteger.One, BigInteger.Pow(6, 20));
        Assert.All(samples, s => Assert.True(limited.Contains(s)));
        Assert.True(limited.Contains(fullest.Schedule));
        Assert.InRange(counted + sampled + filled, 0, 10_000);
    }

    [Fact]
    public void An_unreachable_budget_is_refused_without_counting()
    {
        var space = Space(SchedulePattern.Free, TestNetworks.Bits(1, 2, 3, 4, 6, 8), new Budget(MemorySize.FromBytes(9000), BudgetMeasure.Artifact));
        var (problem, elapsed) = Timed(() => space.WhyEmpty("budget"));
        output.WriteLine($"{problem} in {elapsed} ms");
        Assert.NotNull(problem);
        Assert.InRange(elapsed, 0, 500);
    }

    private static (T Result, long Milliseconds) Timed<T>(Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work();
        return (result, watch.ElapsedMilliseconds);
    }
}
