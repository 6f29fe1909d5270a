using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests.Reports;

public sealed class PairedSchedulesTests
{
    private static readonly Schedule A = Schedule.Parse("4-2"), B = Schedule.Parse("2-2");

    [Fact]
    public void Pairs_are_the_repeats_that_both_completed_whichever_arm_asked()
    {
        var history = TrialHistory.Of(
        [
            Done(0, "x", A, 0, 0.1), Done(1, "y", B, 0, 0.2), Done(2, "x", A, 1, 0.1), Done(3, "y", B, 2, 0.3),
            Done(4, "y", A, 0, 0.1) with { CopyOf = 0 }, new Trial(5, "y", B, 1, new TrialOutcome.Failed("no")), Done(6, "x", A, 2, 0.4),
        ]);
        var pairs = PairedSchedules.Of(history, A, B).Pairs;
        Assert.Equal([(0, 0, 1), (2, 6, 3)], pairs.Select(p => (p.Repeat, p.First.Number, p.Second.Number)));
    }

    [Fact]
    public void The_difference_is_the_mean_of_the_pairs_and_its_p_value_that_of_all_signs()
    {
        double[] first = [0.10, 0.12, 0.11, 0.13, 0.09], second = [0.14, 0.15, 0.15, 0.16, 0.13];
        var history = TrialHistory.Of([.. first.Select((e, i) => Done(i, "x", A, i, e)), .. second.Select((e, i) => Done(5 + i, "x", B, i, e))]);
        var pairs = PairedSchedules.Of(history, A, B);
        var validation = pairs.Validation(new Seed(1));
        Assert.Equal(-0.036, validation.Interval!.Estimate, 1e-12);
        Assert.InRange(validation.Interval.High, -0.036, -0.02);
        Assert.Equal(2.0 / 32, validation.PValue);
        var tests = Enumerable.Range(0, 10).ToDictionary(i => i, i => new TestScore(i < 5 ? 80 : 90, 100));
        Assert.Equal(0.1, pairs.Test(tests, new Seed(1)).Interval!.Estimate, 1e-12);
    }

    [Fact]
    public void One_pair_has_no_interval()
    {
        var alone = PairedSchedules.Of(TrialHistory.Of([Done(0, "x", A, 0, 0.1), Done(1, "x", B, 0, 0.2)]), A, B).Validation(new Seed(1));
        Assert.Equal((null, 1.0), (alone.Interval, alone.PValue));
    }

    private static Trial Done(int number, string arm, Schedule schedule, int repeat, double error) =>
        new(number, arm, schedule, repeat, new TrialOutcome.Completed(error, error));
}
