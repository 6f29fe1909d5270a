using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>Deaths, stops and failures in the middle of a study.</summary>
public sealed class StudyRunnerStopTests : StudyRunnerFixture
{
    [Fact]
    public async Task A_process_that_dies_at_any_moment_changes_nothing()
    {
        var whole = await Run(TwoArms(), new FakeEvaluator(), repeats: 2);
        var died = true;
        for (var step = 0; died; step++)
        {
            Forget();
            var doom = new Doom(step);
            died = await Record.ExceptionAsync(() => Run(TwoArms(), new FakeEvaluator(doom), repeats: 2, doom)) is ProcessDiedException;
            var before = Disk.History.Trials.Where(t => t.Outcome is not null).ToList();
            var evaluator = new FakeEvaluator();
            var resumed = await Run(TwoArms(), evaluator, repeats: 2);
            Assert.Equal(whole.Trials, resumed.Trials);
            Assert.Equal(whole.Trials, Disk.History.Trials);
            Assert.DoesNotContain(evaluator.Asked, e => before.Exists(t => t.Number == e.Number));
            Assert.True(step < 1000);
        }
    }

    [Fact]
    public async Task Three_failures_in_a_row_stop_the_study_also_after_resuming()
    {
        var evaluator = new FakeEvaluator { Fails = _ => true };
        Assert.Equal(3, (await Run(TwoArms(), evaluator)).Count);
        Assert.Equal(
            new StudyEvent.Stopped("trials 0, 1, 2 failed one after another; the last: the loss is NaN"), Events[^1]);
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
        Forget();
        using var stop = new CancellationTokenSource();
        var evaluator = new FakeEvaluator { Meanwhile = e => { if (e.Number == 4) { stop.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(TwoArms(), evaluator, token: stop.Token));
        Assert.Equal(whole.Trials.Take(4), Disk.History.Trials.Where(t => t.Outcome is not null));
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
        Assert.NotNull(Disk.History.Find(0)!.Outcome);
        Assert.Equal(1, Disk.History.Count);
    }
}
