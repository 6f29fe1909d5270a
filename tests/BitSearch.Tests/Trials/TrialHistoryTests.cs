using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class TrialHistoryTests
{
    private static readonly Schedule A = Schedule.Parse("8-4");
    private static readonly Schedule B = Schedule.Parse("4-4");

    private static Trial Scored(int number, Schedule schedule, int repeat, double error, string arm = "arm") =>
        new(number, arm, schedule, repeat, new TrialOutcome.Completed(error, 1));

    [Fact]
    public void Trials_are_in_number_order_whatever_the_order_of_arrival()
    {
        var history = TrialHistory.Empty.With(Scored(2, A, 0, 0.5)).With(Scored(0, B, 0, 0.5));
        Assert.Equal([0, 2], history.Trials.Select(t => t.Number));
        Assert.Equal(3, history.NextNumber);
        Assert.Equal(0, TrialHistory.Empty.NextNumber);
        Assert.Equal(A, history.Find(2)!.Schedule);
        Assert.Null(history.Find(1));
    }

    [Fact]
    public void Adding_leaves_the_old_history_as_it_was()
    {
        var old = TrialHistory.Empty.With(new Trial(0, "arm", A, 0));
        var ended = old.With(Scored(0, A, 0, 0.5));
        Assert.Null(old.Find(0)!.Outcome);
        Assert.NotNull(ended.Find(0)!.Completed);
        Assert.Equal(1, ended.Count);
    }

    [Fact]
    public void Two_trials_of_one_number_are_our_bug() =>
        Assert.Throws<ArgumentException>(() => TrialHistory.Of([Scored(0, A, 0, 0.5), Scored(0, B, 0, 0.5)]));

    [Fact]
    public void Running_trials_are_known_and_not_scored()
    {
        var history = TrialHistory.Of([new Trial(0, "arm", A, 0), new(1, "arm", B, 0, new TrialOutcome.Failed("NaN"))]);
        Assert.True(history.Contains(A));
        Assert.Equal(2, history.Schedules.Count);
        Assert.Empty(history.Scores);
    }

    [Fact]
    public void Scores_are_mean_and_spread_over_repeats_and_copies_count_once()
    {
        var history = TrialHistory.Of(
        [
            Scored(0, A, 0, 0.1), Scored(1, B, 0, 0.5), Scored(2, A, 0, 0.1, "other") with { CopyOf = 0 }, Scored(3, A, 1, 0.3),
            new(4, "arm", A, 2, new TrialOutcome.Failed("NaN")),
        ]);
        Assert.Equal([A, B], history.Scores.Select(s => s.Schedule));
        Assert.Equal((2, 0), (history.Scores[0].Repeats, history.Scores[0].First.Number));
        Assert.Equal(0.2, history.Scores[0].MeanErrorRate, 12);
        Assert.Equal(Math.Sqrt(0.02), history.Scores[0].ErrorRateSpread, 12);
        Assert.Equal(0, history.Scores[1].ErrorRateSpread);
        Assert.Equal([2], history.OfArm("other").Trials.Select(t => t.Number));
    }
}
