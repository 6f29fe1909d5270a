using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class StudyRunnerTests : StudyRunnerFixture
{
    [Fact]
    public async Task Baselines_come_first_then_one_schedule_of_each_arm_in_turn()
    {
        var history = await Run(TwoArms(), new FakeEvaluator());
        Assert.Equal(
            ["baseline", "baseline", "baseline", "decreasing", "free", "decreasing", "free", "decreasing", "free", "free", "free"],
            history.Trials.Select(t => t.Arm));
        Assert.Equal(Enumerable.Range(0, 11), history.Trials.Select(t => t.Number));
        Assert.Equal(
            ["32-32-32-32-32-32", "4-4-4-32-32-32", "2-2-2-32-32-32"], history.Trials.Take(3).Select(t => t.Schedule.ToString()));
        Assert.Equal(Disk.History.Trials, history.Trials);
    }

    [Fact]
    public async Task Every_trial_carries_the_size_of_its_packed_file()
    {
        var history = await Run(TwoArms(), new FakeEvaluator());
        Assert.All(history.Trials, t => Assert.Equal(PackedLayout.Of(Network, t.Schedule).Length, t.Artifact.Bytes));
        Assert.All(history.Trials, t => Assert.Equal(Ledger.Of(Network, t.Schedule).Weights, t.Weights));
    }

    [Fact]
    public async Task What_was_evaluated_before_is_copied_and_never_trained_twice()
    {
        var evaluator = new FakeEvaluator();
        var history = await Run(TwoArms(), evaluator, repeats: 2);
        Assert.Equal(evaluator.Asked.Count, evaluator.Asked.Select(e => (e.Schedule, e.Repeat)).Distinct().Count());
        var copies = history.Trials.Where(t => t.CopyOf is not null).ToList();
        Assert.NotEmpty(copies);
        Assert.All(copies, copy =>
        {
            var original = history.Find(copy.CopyOf!.Value)!;
            Assert.Equal((original.Schedule, original.Repeat, null), (copy.Schedule, copy.Repeat, original.CopyOf));
            Assert.Equal(original.Outcome! with { Duration = TimeSpan.Zero }, copy.Outcome);
        });
    }

    [Fact]
    public async Task Repeats_come_last_in_order_of_first_appearance()
    {
        var history = await Run(TwoArms(), new FakeEvaluator(), repeats: 3);
        var firsts = history.Trials.Where(t => t.Repeat == 0).Select(t => (t.Arm, t.Schedule)).ToList();
        Assert.Equal(firsts, history.Trials.Where(t => t.Repeat == 1).Select(t => (t.Arm, t.Schedule)));
        Assert.Equal(firsts, history.Trials.Where(t => t.Repeat == 2).Select(t => (t.Arm, t.Schedule)));
        Assert.Equal(history.Trials.Select(t => t.Repeat).Order(), history.Trials.Select(t => t.Repeat));
        Assert.All(history.Scores, s => Assert.Equal(3, s.Repeats));
    }

    [Fact]
    public async Task A_finished_study_has_nothing_left_to_do()
    {
        await Run(TwoArms(), new FakeEvaluator());
        Events.Clear();
        var evaluator = new FakeEvaluator();
        await Run(TwoArms(), evaluator);
        Assert.Empty(evaluator.Asked);
        Assert.Equal([new StudyEvent.Started(11, 11), new StudyEvent.Finished(11)], Events);
    }

    [Fact]
    public async Task Every_step_is_told()
    {
        var history = await Run([Arm("a", SchedulePattern.Homogeneous, new ExhaustiveProposer(), 1)], new FakeEvaluator());
        var first = history.Find(0)!;
        Assert.Equal(
            [
                new StudyEvent.Started(4, 0), new StudyEvent.TrialStarted(first with { Outcome = null }),
                new StudyEvent.EpochFinished(0, 1, 0.5), new StudyEvent.TrialFinished(first),
            ],
            Events.Take(4));
        Assert.Equal(new StudyEvent.Finished(4), Events[^1]);
    }

    [Fact]
    public async Task An_exhausted_arm_is_told_once_and_the_others_go_on()
    {
        var history = await Run(
            [Arm("a", SchedulePattern.Homogeneous, new ExhaustiveProposer(), 9), Arm("b", SchedulePattern.Free, new RandomProposer(), 5)], new FakeEvaluator());
        Assert.Equal([new StudyEvent.ArmExhausted("a", 2)], Events.OfType<StudyEvent.ArmExhausted>());
        Assert.Equal(5, history.OfArm("b").Count);
        Assert.Equal(3 + 2 + 5, Assert.IsType<StudyEvent.Started>(Events[0]).Planned);
        Assert.Equal(new StudyEvent.Finished(10), Events[^1]);
    }

    [Fact]
    public async Task A_proposal_outside_the_space_or_made_twice_goes_to_the_nearest_and_both_are_kept()
    {
        var proposed = Schedule.Parse("4-2-4-32-32-32");
        var outside = await Run([Arm("a", SchedulePattern.Homogeneous, new Stubborn(proposed), 2)], new FakeEvaluator());
        Assert.Equal(["4-4-4-32-32-32", "2-2-2-32-32-32"], outside.OfArm("a").Trials.Select(t => t.Schedule.ToString()));
        Assert.All(outside.OfArm("a").Trials, t => Assert.Equal(proposed, t.Proposed));
        Forget();
        var twice = (await Run([Arm("a", SchedulePattern.Free, new Stubborn(proposed), 2)], new FakeEvaluator())).OfArm("a").Trials.ToList();
        Assert.Equal((proposed, null), (twice[0].Schedule, twice[0].Proposed));
        Assert.Equal(proposed, twice[1].Proposed);
        Assert.Equal(2, twice[1].Schedule.Widths.Zip(proposed.Widths).Sum(p => Math.Abs(p.First.Bits - p.Second.Bits)));
    }

    [Fact]
    public async Task A_proposal_for_another_network_is_our_bug() => Assert.Contains("3 widths", (await Assert.ThrowsAsync<InvalidOperationException>(
        () => Run([Arm("a", SchedulePattern.Free, new Stubborn(Schedule.Parse("4-2-4")), 2)], new FakeEvaluator()))).Message, StringComparison.Ordinal);

    [Fact]
    public void Baselines_are_full_precision_and_every_homogeneous_width_whatever_the_budget()
    {
        var narrow = Space(SchedulePattern.Free) with { Budgets = [new(MemorySize.FromBytes(1), BudgetMeasure.Artifact)] };
        Assert.Equal(
            ["32-32-32-32-32-32", "4-4-4-32-32-32", "2-2-2-32-32-32"],
            StudyRunner.Baselines([narrow, Space(SchedulePattern.Decreasing)]).Select(s => s.ToString()));
    }

    private sealed class Stubborn(Schedule always) : IProposer
    {
        public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random) => always;
    }
}
