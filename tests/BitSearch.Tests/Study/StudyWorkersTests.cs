using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>Several trials at once: the same results, whoever is faster, whenever the process dies.</summary>
public sealed class StudyWorkersTests : StudyRunnerFixture
{
    private static readonly LadderPlan Climbing = new() { Rungs = [new(RungKind.Proxy), new(RungKind.Start)], Keep = 0.3, Audit = 0.2, Tau = -1 };

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(4, 3)]
    public async Task Any_number_of_workers_gives_the_same_trials(int workers, ulong seed)
    {
        var one = await Run(Greedy(), new RacingEvaluator(seed), repeats: 2, change: Ladder);
        Forget();
        var several = await Run(Greedy(), new RacingEvaluator(seed + 100), repeats: 2, change: Ladder, workers: workers);
        Assert.Equal(one.Trials, several.Trials);
        Assert.Equal(one.Trials, Disk.History.Trials);
        Assert.Contains(one.Trials, t => t.Outcome is TrialOutcome.Pruned);
        Assert.Contains(one.Trials, t => t.CopyOf is not null);
    }

    [Fact]
    public async Task Workers_do_work_at_the_same_time()
    {
        using var all = new CountdownEvent(3);
        var evaluator = new FakeEvaluator
        {
            Meanwhile = _ =>
            {
                if (!all.IsSet)
                {
                    all.Signal();
                    Assert.True(all.Wait(TimeSpan.FromMinutes(1), Token));
                }
            },
        };
        Assert.Equal(11, (await Run(TwoArms(), evaluator, workers: 3)).Count);
    }

    [Fact]
    public async Task A_process_that_dies_with_several_trials_running_changes_nothing()
    {
        var whole = await Run(TwoArms(), new RacingEvaluator(1), change: Ladder);
        var died = true;
        for (var step = 0; died; step++)
        {
            Forget();
            died = await Record.ExceptionAsync(() => Run(TwoArms(), new RacingEvaluator(2), doom: new Doom(step), change: Ladder, workers: 3)) is ProcessDiedException;
            Assert.Equal(whole.Trials, (await Run(TwoArms(), new RacingEvaluator(3), change: Ladder, workers: 2)).Trials);
            Assert.True(step < 1000);
        }
    }

    [Fact]
    public async Task A_stop_ends_all_that_runs_and_keeps_what_is_finished()
    {
        var whole = await Run(Greedy(), new RacingEvaluator(1), change: Ladder);
        Forget();
        using var stop = new CancellationTokenSource();
        var evaluator = new RacingEvaluator(5) { Meanwhile = e => { if (e.Number == 5) { stop.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(Greedy(), evaluator, token: stop.Token, change: Ladder, workers: 3));
        Assert.Equal(0, evaluator.Running);
        Assert.All(Disk.History.Trials.Where(t => t.Outcome is not null), t => Assert.Equal(whole.Find(t.Number), t));
        Assert.Equal(whole.Trials, (await Run(Greedy(), new RacingEvaluator(6), change: Ladder, workers: 4)).Trials);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_first_three_failures_in_a_row_are_named_however_many_run(int workers)
    {
        await Run(Greedy(), new FakeEvaluator { Fails = s => s[0].Bits != 32 }, workers: workers);
        Assert.Equal(new StudyEvent.Stopped("trials 1, 2, 3 failed one after another; the last: the loss is NaN"), Events[^1]);
    }

    [Fact]
    public async Task A_trial_knows_nothing_of_the_last_few_before_it()
    {
        var asked = new List<int>();
        var arm = Arm("a", SchedulePattern.Free, new Watching(asked), 8);
        await Run([arm], new FakeEvaluator(), change: p => p with { Lookahead = 2 });
        Assert.Equal([0, 0, 0, 1, 2, 3, 4, 5], asked);
    }

    [Fact]
    public async Task A_warm_start_is_the_nearest_schedule_that_was_known_to_be_finished()
    {
        var history = await Run(
            TwoArms(), new FakeEvaluator(), change: p => p with { Lookahead = 1, Training = new Recipe { From = StartFrom.Nearest } });
        Assert.Null(history.Find(0)!.WarmStart);
        Assert.Null(history.Find(1)!.WarmStart);
        Assert.All(history.Trials.Where(t => t.WarmStart is not null), t =>
        {
            int Distance(int other) => history.Find(other)!.Schedule.Widths.Zip(t.Schedule.Widths).Sum(p => Math.Abs(p.First.Bits - p.Second.Bits));
            var open = Enumerable.Range(0, t.Number - 1).Where(n => history.Find(n)!.CopyOf is null).ToList();
            Assert.Contains(t.WarmStart!.Value, open);
            Assert.Equal(open.Min(Distance), Distance(t.WarmStart.Value));
        });
        Assert.True(history.Trials.Count(t => t.WarmStart is not null) > 5);
    }

    private static StudyPlan Ladder(StudyPlan plan) => plan with { Ladder = Climbing, Lookahead = 3 };

    // Proposes by outcomes, so that it matters which are known.
    private static StudyArm[] Greedy() =>
    [
        new("greedy", Wide(SchedulePattern.Free), new Greed(), 10),
        new("free", Wide(SchedulePattern.Free), new RandomProposer(), 10),
        new("decreasing", Wide(SchedulePattern.Decreasing), new ExhaustiveProposer(), 8),
    ];

    private static SearchSpace Wide(SchedulePattern pattern) => SearchSpace.Of(Network, new SpaceRules(TestNetworks.Bits(2, 3, 4)), pattern, []);

    private sealed class Greed : IProposer
    {
        public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
        {
            var known = history.Scores.Count == 0 ? 0.0 : history.Scores.Min(s => s.MeanErrorRate);
            return space.Sample(new SeededRandom((ulong)BitConverter.DoubleToInt64Bits(known)), history.Schedules);
        }
    }

    private sealed class Watching(List<int> asked) : IProposer
    {
        public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
        {
            asked.Add(history.Trials.Count(t => t.Outcome is not null));
            return space.Sample(random, history.Schedules);
        }
    }

    /// <summary>Climbs the ladder, and takes a random time for it.</summary>
    private sealed class RacingEvaluator(ulong seed) : IEvaluator
    {
        private int _running;

        public int Running => _running;

        public Action<Evaluation> Meanwhile { get; init; } = _ => { };

        public TrialOutcome Evaluate(Evaluation evaluation, Action<StudyEvent> report, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _running);
            try
            {
                Meanwhile(evaluation);
                Thread.SpinWait(new SeededRandom(seed + (ulong)evaluation.Number).Next(50_000));
                cancellationToken.ThrowIfCancellationRequested();
                var stream = new Seed(1).Stream(evaluation.Schedule.ToString(), evaluation.Repeat);
                double[] scores = [stream.NextDouble(), stream.NextDouble()];
                for (var rung = 0; rung < scores.Length; rung++)
                {
                    if (evaluation.WhyPrune(rung, scores[rung]) is { } reason)
                    {
                        return new TrialOutcome.Pruned(reason) { Rungs = [.. scores[..(rung + 1)]] };
                    }
                }

                return new TrialOutcome.Completed(stream.NextDouble(), 1) { Rungs = [.. scores] };
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }

        public TestScore Test(Evaluation evaluation, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
