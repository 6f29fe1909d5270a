using BitSearch.Ablation;
using BitSearch.Space;

namespace BitSearch.Tests.Ablation;

public sealed class AblationDesignTests
{
    private static readonly PlantedAblation Planted = new(PlantedAblation.Falling);
    private static readonly AblationDesign Design = Planted.Design(6, "as 3 bits", "as 4 bits");

    [Fact]
    public void Every_schedule_has_the_bytes_of_the_homogeneous_one_or_at_most_half_a_percent_less()
    {
        foreach (var budget in Design.Budgets)
        {
            var homogeneous = budget.Arms.Single(a => a.Pattern == SchedulePattern.Homogeneous).Optima[0];
            var limit = Ledger.Of(PlantedAblation.Network, homogeneous).Total;
            var sizes = budget.Arms.SelectMany(a => a.Optima.Concat(a.Samples)).Select(s => Ledger.Of(PlantedAblation.Network, s).Total.Bytes).ToList();

            Assert.Equal(limit, budget.Limit);
            Assert.All(sizes, s => Assert.InRange(s, (long)Math.Ceiling(0.995 * limit.Bytes), limit.Bytes));
        }
    }

    [Fact]
    public void Every_schedule_follows_its_pattern()
    {
        foreach (var arm in Design.Budgets.SelectMany(b => b.Arms).Where(a => a.Pattern != SchedulePattern.Shuffled))
        {
            var space = PlantedAblation.Spaces.First(s => s.Pattern == arm.Pattern);
            Assert.All(arm.Optima.Concat(arm.Samples), s => Assert.True(space.Contains(s), $"{arm.Pattern} {s}"));
        }
    }

    [Fact]
    public void Shuffled_schedules_have_the_widths_of_the_decreasing_ones_in_another_order()
    {
        foreach (var budget in Design.Budgets)
        {
            var (decreasing, shuffled) = (budget.Arms[0], budget.Arms.Single(a => a.Pattern == SchedulePattern.Shuffled));
            Assert.All(shuffled.Optima, s => AssertShuffled(decreasing.Optima[0], s));
            Assert.All(shuffled.Samples.Zip(decreasing.Samples), pair => AssertShuffled(pair.Second, pair.First));
        }
    }

    [Fact]
    public void Each_repeat_has_the_same_cells_and_samples_differ_between_repeats()
    {
        var trials = Design.Trials();
        var cells = trials.GroupBy(t => t.Repeat).Select(g => string.Join('\n', g.Select(t => t.Arm))).ToList();

        Assert.Equal(6, cells.Count);
        Assert.Single(cells.Distinct());
        Assert.Equal(2 * ((6 * 2) - 1), trials.Count(t => t.Repeat == 0));
        var samples = trials.Where(t => t.Arm == "as 4 bits/free/sample").Select(t => t.Schedule).ToList();
        Assert.Equal(6, samples.Distinct().Count());
    }

    [Fact]
    public void The_same_plan_gives_the_same_schedules_and_another_seed_other_samples()
    {
        var other = new PlantedAblation(PlantedAblation.Falling, seed: 2).Design(6, "as 3 bits", "as 4 bits");

        Assert.Equal(Design.Trials(), Planted.Design(6, "as 3 bits", "as 4 bits").Trials());
        Assert.NotEqual(Design.Trials(), other.Trials());
        Assert.Equal(Design.Budgets[0].Arms[0].Optima, other.Budgets[0].Arms[0].Optima);
    }

    [Theory]
    [InlineData("0.11x")]
    [InlineData("avg 3.7 bits")]
    public void A_budget_between_two_homogeneous_schedules_counts_as_the_smaller_one(string budget)
    {
        var matched = Planted.Design(2, budget).Budgets[0];

        Assert.Contains(matched.Arms, a => a.Pattern == SchedulePattern.Homogeneous && Ledger.Of(PlantedAblation.Network, a.Optima[0]).Total == matched.Limit);
    }

    [Fact]
    public void The_optimum_of_each_pattern_is_the_least_harmful_schedule_of_its_band()
    {
        var budget = Design.Budgets[0];
        foreach (var arm in budget.Arms.Where(a => a.Pattern is SchedulePattern.Decreasing or SchedulePattern.Increasing))
        {
            var space = PlantedAblation.Spaces.First(s => s.Pattern == arm.Pattern) with { Budgets = [new Budget(budget.Limit, BudgetMeasure.Artifact)] };
            var best = space.Enumerate().Where(s => space.Footprint(s, BudgetMeasure.Artifact) >= budget.Least).Min(Harm);
            Assert.Equal(best, Harm(arm.Optima[0]), 1e-12);
        }
    }

    [Fact]
    public void A_budget_that_holds_no_decreasing_schedule_is_refused_by_its_place()
    {
        var refusal = Assert.Throws<PlanException>(() => Planted.Design(2, "as 3 bits", "1 KiB"));

        Assert.StartsWith("budgets[1]: no decreasing schedule has 1,019 to 1,024 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_arm_of_a_trial_says_its_cell_and_others_say_none()
    {
        foreach (var cell in from pattern in AblationPlan.AllPatterns from role in Enum.GetValues<AblationRole>() select new AblationCell("as 2 bits", pattern, role))
        {
            Assert.Equal(cell, AblationCell.Of(cell.Arm));
        }

        Assert.All(new[] { "baseline", "a/b", "as 2 bits/free/best", "as 2 bits/level/sample", "a/free/sample/b" }, arm => Assert.Null(AblationCell.Of(arm)));
    }

    private static double Harm(Schedule schedule) => schedule.Widths.Select((w, i) => Planted.Proxy.Of(PlantedAblation.Network.Points[i].Name, w)!.Value).Sum();

    private static void AssertShuffled(Schedule decreasing, Schedule shuffled)
    {
        Assert.Equal(decreasing.Widths.Order(), shuffled.Widths.Order());
        Assert.True(decreasing != shuffled || decreasing.Widths.Distinct().Count() == 1, $"{shuffled} is in the same order, though there are others");
    }
}
