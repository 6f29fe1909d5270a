using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

public sealed class GridProposerTests
{
    private static readonly SearchSpace Free = SearchSpace.Of(
        TestNetworks.ResNet20(), new SpaceRules(TestNetworks.Bits(1, 2, 4, 8)), SchedulePattern.Free, []);

    [Fact]
    public void Begins_with_both_ends_and_halves_the_gaps()
    {
        var averages = Run(Free, 9).Select(AverageBits).ToList();
        // A layer of the last stage holds 14 % of the weights, so half a step of it is left over.
        Assert.Equal([1, 8, 4.5, 2.75, 6.25, 1.875, 5.375, 3.625, 7.125], averages, (expected, found) => Math.Abs(expected - found) < 0.3);
        Assert.Equal([1, 8], averages[..2], (expected, found) => Math.Abs(expected - found) < 0.01);
    }

    [Fact]
    public void Takes_two_neighbouring_widths_at_a_time_evenly_along_depth()
    {
        var third = Run(Free, 4)[3];
        Assert.Equal([2, 4], third.Widths.Take(20).Select(w => w.Bits).Distinct().Order());
        foreach (var stage in (Range[])[1..7, 7..13, 13..19])
        {
            Assert.Equal(2, third.Widths.Take(20).ToArray()[stage].Distinct().Count());
        }
    }

    [Fact]
    public void Ends_with_the_fullest_schedule_when_a_budget_binds()
    {
        var limit = (Free.Smallest(BudgetMeasure.Artifact).Footprint.Bytes + Free.Largest(BudgetMeasure.Artifact).Footprint.Bytes) / 3;
        var space = Free with { Budgets = [new Budget(MemorySize.FromBytes(limit), BudgetMeasure.Artifact)] };
        var second = Run(space, 2)[1];
        Assert.InRange(space.Footprint(second, BudgetMeasure.Artifact).Bytes, 0.95 * limit, limit);
    }

    [Fact]
    public void Is_every_homogeneous_schedule_under_that_pattern() => Assert.Equal(
        ["1", "2", "4", "8"], Run(Free with { Pattern = SchedulePattern.Homogeneous }, 50).Select(s => s[0].ToString()).Order());

    [Fact]
    public void Outcomes_and_draws_play_no_part() => SmallSpaces.Any.Sample(
        space => Assert.Equal(Run(space, 12), Run(space, 12, seed: 99, error: n => n % 5 / 5.0)),
        iter: 30);

    [Fact]
    public void The_van_der_Corput_sequence_mirrors_digits()
    {
        Assert.Equal([1 / 2.0, 1 / 4.0, 3 / 4.0, 1 / 8.0, 5 / 8.0], Enumerable.Range(1, 5).Select(i => EvenProfile.VanDerCorput(i, 2)));
        Assert.Equal([1 / 3.0, 2 / 3.0, 1 / 9.0, 4 / 9.0, 7 / 9.0], Enumerable.Range(1, 5).Select(i => EvenProfile.VanDerCorput(i, 3)), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    private static double AverageBits(Schedule schedule) => EvenProfile.AverageBits(new ScheduleCoding(Free), PointKind.Weight, schedule);

    private static List<Schedule> Run(SearchSpace space, int trials, ulong seed = 1, Func<int, double>? error = null)
    {
        var history = TrialHistory.Empty;
        while (history.Count < trials && new GridProposer().Propose(space, history, Measurements.None, new Seed(seed).Stream("propose", history.Count)) is { } schedule)
        {
            history = history.With(new Trial(history.Count, "a", schedule, 0, error is null ? null : new TrialOutcome.Completed(error(history.Count), 1)));
        }

        return [.. history.Trials.Select(t => t.Schedule)];
    }
}
