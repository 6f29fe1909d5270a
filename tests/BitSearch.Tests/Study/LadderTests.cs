using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class LadderTests
{
    private static readonly LadderPlan Half = new() { Rungs = [new(RungKind.Start), new(RungKind.Steps, 10)], Keep = 0.5, Audit = 0, Tau = -1 };

    [Fact]
    public void The_better_half_of_an_arm_climbs()
    {
        var known = History([0.1, 0.2, 0.3, 0.4, 0.5]);
        Assert.Null(WhyPrune(Half, known, Trial(9, 100), 0.25));
        Assert.Equal("at rung start, place 4 of 6 in arm a, and 3 climb", WhyPrune(Half, known, Trial(9, 100), 0.35));
    }

    [Fact]
    public void Only_what_is_no_larger_makes_a_schedule_worse()
    {
        var known = History([0.1, 0.2, 0.3, 0.4, 0.5]);
        Assert.Null(WhyPrune(Half, known, Trial(9, 99), 0.9));
        Assert.NotNull(WhyPrune(Half, known, Trial(9, 101), 0.9));
    }

    [Fact]
    public void Baselines_repeats_audited_trials_and_the_first_few_climb()
    {
        var known = History([0.1, 0.2, 0.3, 0.4, 0.5]);
        Assert.Null(WhyPrune(Half, known, Trial(9, 100) with { Arm = BitSearch.Trials.Trial.BaselineArm }, 0.9));
        Assert.Null(WhyPrune(Half, known, Trial(9, 100) with { Repeat = 1 }, 0.9));
        Assert.Null(WhyPrune(Half with { Audit = 1 }, known, Trial(9, 100), 0.9));
        Assert.Null(WhyPrune(Half, History([0.1, 0.2, 0.3]), Trial(9, 100), 0.9));
        Assert.Null(WhyPrune(Half, known, Trial(9, 100) with { Arm = "b" }, 0.9));
    }

    [Fact]
    public void About_the_share_that_is_asked_for_is_audited()
    {
        var ladder = new Ladder(Half with { Audit = 0.3 }, BudgetMeasure.Artifact, new Seed(1));
        Assert.InRange(Enumerable.Range(0, 1000).Count(n => ladder.IsAudited(Trial(n, 1))), 250, 350);
    }

    [Fact]
    public void A_rung_that_orders_otherwise_than_the_next_prunes_no_more()
    {
        var agreeing = History([.. Enumerable.Range(1, 20).Select(i => i / 100.0)]);
        var opposed = TrialHistory.Of(agreeing.Trials.Select(t => t with { Outcome = t.Outcome! with { Rungs = [t.Outcome.Rungs[0], -t.Outcome.Rungs[0]] } }));
        var strict = Half with { Tau = 0.5 };
        Assert.NotNull(WhyPrune(strict, agreeing, Trial(30, 100), 0.9));
        Assert.Null(WhyPrune(strict, opposed, Trial(30, 100), 0.9));
        var ladder = new Ladder(strict, BudgetMeasure.Artifact, new Seed(1));
        Assert.Equal((20, -1.0, false), (ladder.Agreement(opposed, 0).Pairs, ladder.Agreement(opposed, 0).Tau, ladder.Trusts(ladder.Agreement(opposed, 0))));
    }

    [Fact]
    public void The_last_rung_is_measured_by_full_training()
    {
        var ladder = new Ladder(Half, BudgetMeasure.Artifact, new Seed(1));
        var known = History([0.1, 0.2, 0.3, 0.4]).With(Trial(9, 1) with { Outcome = new TrialOutcome.Pruned("worse") { Rungs = [0.5, 0.5] } });
        Assert.Equal((4, 1.0), (ladder.Agreement(known, 1).Pairs, ladder.Agreement(known, 1).Tau));
        Assert.Equal(5, ladder.Agreement(known, 0).Pairs);
    }

    private static string? WhyPrune(LadderPlan plan, TrialHistory known, Trial trial, double score) =>
        new Ladder(plan, BudgetMeasure.Artifact, new Seed(1)).Decide(known, trial, 0, score).Prune;

    // Completed trials of arm a, 100 bytes each, with the same score at both rungs and at the end.
    private static TrialHistory History(double[] scores) => TrialHistory.Of(scores.Select((s, i) =>
        Trial(i, 100) with { Outcome = new TrialOutcome.Completed(s, 1) { Rungs = [s, s] } }));

    private static Trial Trial(int number, int bytes) =>
        new(number, "a", Schedule.Homogeneous(2, new Bitwidth(2)), 0) { Artifact = MemorySize.FromBytes(bytes) };
}
