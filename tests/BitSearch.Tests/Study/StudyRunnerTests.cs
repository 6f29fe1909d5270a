using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class StudyRunnerTests
{
    private static readonly NetworkDescription Network = TestNetworks.Of("chain", ("conv1", [4, 3]), ("conv2", [4, 4]), ("fc", [2, 4]));

    private readonly InMemoryStudy _disk = new();
    private readonly List<StudyEvent> _events = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SearchSpace Space(SchedulePattern pattern) => SearchSpace.Of(Network, new SpaceRules(TestNetworks.Bits(2, 4)), pattern, []);

    private static StudyArm Arm(string name, SchedulePattern pattern, IProposer proposer, int trials) => new(name, Space(pattern), proposer, trials);

    private static StudyArm[] TwoArms() =>
    [
        Arm("decreasing", SchedulePattern.Decreasing, new ExhaustiveProposer(), 3),
        Arm("free", SchedulePattern.Free, new RandomProposer(), 5),
    ];

    private Task<TrialHistory> Run(StudyArm[] arms, FakeEvaluator evaluator, int repeats = 1, Doom? doom = null, CancellationToken? token = null)
    {
        var plan = new StudyPlan
        {
            Name = "test",
            Data = new("digits"),
            Network = new("chain"),
            Space = new(TestNetworks.Bits(2, 4)),
            Arms = arms.Select(a => new ArmPlan(a.Name, a.Space.Pattern, "any", a.Trials)).ToEquatableArray(),
            Repeats = repeats,
        };
        var store = new DoomedStore(new InMemoryTrialStore(_disk), doom ?? new Doom());
        var runner = new StudyRunner(plan, arms, StudyRunner.Baselines(arms.Select(a => a.Space)), store, evaluator, _events.Add);
        return runner.RunAsync(new Dictionary<string, string> { ["name"] = "test" }, token ?? Token);
    }

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
        Assert.Equal(_disk.History.Trials, history.Trials);
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
    public async Task A_process_that_dies_at_any_moment_changes_nothing()
    {
        var whole = await Run(TwoArms(), new FakeEvaluator(), repeats: 2);
        var died = true;
        for (var step = 0; died; step++)
        {
            (_disk.Identity, _disk.History) = (null, TrialHistory.Empty);
            var doom = new Doom(step);
            died = await Record.ExceptionAsync(() => Run(TwoArms(), new FakeEvaluator(doom), repeats: 2, doom)) is ProcessDiedException;
            var before = _disk.History.Trials.Where(t => t.Outcome is not null).ToList();
            var evaluator = new FakeEvaluator();
            var resumed = await Run(TwoArms(), evaluator, repeats: 2);
            Assert.Equal(whole.Trials, resumed.Trials);
            Assert.Equal(whole.Trials, _disk.History.Trials);
            Assert.DoesNotContain(evaluator.Asked, e => before.Exists(t => t.Number == e.Number));
            Assert.True(step < 1000);
        }
    }

    [Fact]
    public async Task A_finished_study_has_nothing_left_to_do()
    {
        await Run(TwoArms(), new FakeEvaluator());
        _events.Clear();
        var evaluator = new FakeEvaluator();
        await Run(TwoArms(), evaluator);
        Assert.Empty(evaluator.Asked);
        Assert.Equal([new StudyEvent.Started(11, 11), new StudyEvent.Finished(11)], _events);
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
            _events.Take(4));
        Assert.Equal(new StudyEvent.Finished(4), _events[^1]);
    }

    [Fact]
    public async Task An_exhausted_arm_is_told_once_and_the_others_go_on()
    {
        var history = await Run(
            [Arm("a", SchedulePattern.Homogeneous, new ExhaustiveProposer(), 9), Arm("b", SchedulePattern.Free, new RandomProposer(), 5)], new FakeEvaluator());
        Assert.Equal([new StudyEvent.ArmExhausted("a", 2)], _events.OfType<StudyEvent.ArmExhausted>());
        Assert.Equal(5, history.OfArm("b").Count);
        Assert.Equal(3 + 2 + 5, Assert.IsType<StudyEvent.Started>(_events[0]).Planned);
        Assert.Equal(new StudyEvent.Finished(10), _events[^1]);
    }

    [Fact]
    public async Task Three_failures_in_a_row_stop_the_study_also_after_resuming()
    {
        var evaluator = new FakeEvaluator { Fails = _ => true };
        Assert.Equal(3, (await Run(TwoArms(), evaluator)).Count);
        Assert.Equal(
            new StudyEvent.Stopped("trials 0, 1, 2 failed one after another; the last: the loss is NaN"), _events[^1]);
        await Run(TwoArms(), evaluator);
        Assert.Equal(3, evaluator.Asked.Count);
    }

    [Fact]
    public async Task Failures_between_successes_are_outcomes_like_others()
    {
        var evaluator = new FakeEvaluator { Fails = s => s[0].Bits == 2 };
        var history = await Run([Arm("a", SchedulePattern.Free, new ExhaustiveProposer(), 6)], evaluator);
        Assert.Equal(9, history.Count);
        Assert.Contains(history.Trials, t => t.Outcome is TrialOutcome.Failed);
    }

    [Fact]
    public async Task A_stop_inside_a_trial_keeps_all_that_ended_and_the_trial_is_evaluated_again()
    {
        var whole = await Run(TwoArms(), new FakeEvaluator());
        (_disk.Identity, _disk.History) = (null, TrialHistory.Empty);
        using var stop = new CancellationTokenSource();
        var evaluator = new FakeEvaluator { Meanwhile = e => { if (e.Number == 4) { stop.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(TwoArms(), evaluator, token: stop.Token));
        Assert.Equal(whole.Trials.Take(4), _disk.History.Trials.Where(t => t.Outcome is not null));
        Assert.Equal(whole.Trials, (await Run(TwoArms(), new FakeEvaluator())).Trials);
    }

    [Fact]
    public async Task A_result_that_is_there_when_the_stop_comes_is_kept()
    {
        // The stop comes with the last word of the first evaluation: its outcome exists and must reach the store.
        using var stop = new CancellationTokenSource();
        var evaluator = new FakeEvaluator
        {
            Fails = _ =>
            {
                stop.Cancel();
                return false;
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(TwoArms(), evaluator, token: stop.Token));
        Assert.NotNull(_disk.History.Find(0)!.Outcome);
        Assert.Equal(1, _disk.History.Count);
    }

    [Fact]
    public async Task A_proposal_outside_the_space_or_made_twice_is_our_bug()
    {
        var outside = Arm("a", SchedulePattern.Homogeneous, new Stubborn(Schedule.Parse("4-2-4-32-32-32")), 2);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Run([outside], new FakeEvaluator()));
        Assert.Contains("not homogeneous", failure.Message, StringComparison.Ordinal);
        (_disk.Identity, _disk.History) = (null, TrialHistory.Empty);
        var twice = Arm("a", SchedulePattern.Free, new Stubborn(Schedule.Parse("4-2-4-32-32-32")), 2);
        failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Run([twice], new FakeEvaluator()));
        Assert.Contains("proposed before", failure.Message, StringComparison.Ordinal);
    }

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
        public Schedule? Propose(SearchSpace space, TrialHistory history, Random random) => always;
    }
}
