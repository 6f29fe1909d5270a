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
    [InlineData(SchedulePattern.Free, "1099511627776")]
    public void ResNet_20_with_four_widths_has_the_published_numbers_of_schedules(SchedulePattern pattern, string count) =>
        Assert.Equal(BigInteger.Parse(count), Space(pattern, TestNetworks.Bits(1, 2, 4, 8)).Count());

    [Fact]
    public void ResNet_20_with_six_widths_is_counted_under_a_budget_within_two_seconds()
    {
        var space = Space(SchedulePattern.Free, TestNetworks.Bits(1, 2, 3, 4, 6, 8));
        foreach (var share in new[] { 0.1, 0.3, 0.5, 0.7 })
        {
            var (least, most) = (space.Smallest(BudgetMeasure.Artifact).Footprint.Bytes, space.Largest(BudgetMeasure.Artifact).Footprint.Bytes);
            var limited = space with { Budgets = [new Budget(MemorySize.FromBytes(least + (long)(share * (most - least))), BudgetMeasure.Artifact)] };
            var watch = Stopwatch.StartNew();
            var count = limited.Count();
            var counted = watch.ElapsedMilliseconds;
            watch.Restart();
            for (var i = 0; i < 1000; i++)
            {
                Assert.NotNull(limited.Sample(new SeededRandom((ulong)i)));
            }

            var sampled = watch.ElapsedMilliseconds;
            watch.Restart();
            var fullest = limited.Fullest(BudgetMeasure.Artifact);
            output.WriteLine($"{share}: {count} in {counted} ms, 1000 samples {sampled} ms, fullest {fullest!.Footprint} of {limited} {watch.ElapsedMilliseconds} ms, {GC.GetTotalMemory(true) >> 20} MB");
        }
    }
}
