using BitSearch.Reports;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests.Reports;

public sealed class RungReportTests
{
    private static readonly LadderPlan Ladder = new() { Rungs = [new(RungKind.Start), new(RungKind.Steps, 10)], Tau = 0.5, Audit = 0 };

    [Fact]
    public void A_study_without_a_ladder_has_no_rungs() =>
        Assert.Empty(StudyReport.Of(FakeStudy.Facts(FakeStudy.Plan("a"), FakeStudy.Trial(0, "a", "4-4-1", 900, 0.125))).Rungs);

    [Fact]
    public void Each_rung_is_measured_against_the_next_and_counts_whom_it_ended()
    {
        // The first rung orders as the second does, the second against full training.
        var trials = Enumerable.Range(0, 12).Select(i => Climbed(i, 0.1 + (i / 100.0), 0.2 + (i / 100.0), 0.9 - (i / 100.0)))
            .Append(FakeStudy.Trial(12, "a", "1-1-1", 300, 0) with { Outcome = new TrialOutcome.Pruned("worse") { Rungs = [0.3] } });

        var rungs = StudyReport.Of(FakeStudy.Facts(FakeStudy.Plan("a") with { Ladder = Ladder, Lookahead = 0 }, [.. trials])).Rungs;

        Assert.Equal(["start", "10 steps"], rungs.Select(r => r.Name));
        Assert.Equal(["10 steps", "full training"], rungs.Select(r => r.Next));
        Assert.Equal([(13, 1, 12, 1.0), (12, 0, 12, -1.0)], rungs.Select(r => (r.Reached, r.Pruned, r.Agreement.Pairs, r.Agreement.Tau)));
        Assert.Equal([null, Study.Ladder.FewestPairs], rungs.Select(r => r.StoppedAt));
    }

    private static Trial Climbed(int number, double first, double second, double error)
    {
        var trial = FakeStudy.Trial(number, "a", $"{1 << (number % 4)}-{1 << (number / 4)}-1", 900, error);
        return trial with { Outcome = trial.Outcome! with { Rungs = [first, second] } };
    }
}
