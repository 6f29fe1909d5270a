using BitSearch.Reports;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests.Reports;

public sealed class SelectionGapTests
{
    [Fact]
    public void The_gap_is_test_less_validation_and_what_full_precision_has_not()
    {
        var gaps = Report(
            (FakeStudy.Trial(0, Trial.BaselineArm, "32-32-32", 3000, 0.10), 0.12), (FakeStudy.Trial(1, Trial.BaselineArm, "32-32-32", 3000, 0.12, repeat: 1), 0.14),
            (FakeStudy.Trial(2, "a", "4-4-1", 900, 0.20), 0.25), (FakeStudy.Trial(3, "a", "4-4-1", 900, 0.20, repeat: 1), 0.27)).Gaps;

        var mixed = Assert.Single(gaps, g => !g.Schedule.IsFullPrecision);
        Assert.Equal(0.06, mixed.Gap.Estimate, 12);
        Assert.Equal(0.04, mixed.BeyondFull!.Estimate, 12);
        var full = Assert.Single(gaps, g => g.Schedule.IsFullPrecision);
        Assert.Equal(0.02, full.Gap.Estimate, 12);
        Assert.Null(full.BeyondFull);
    }

    [Fact]
    public void A_schedule_read_once_or_never_has_no_gap()
    {
        var once = Report((FakeStudy.Trial(2, "a", "4-4-1", 900, 0.20), 0.25), (FakeStudy.Trial(3, "a", "4-4-1", 900, 0.20, repeat: 1), null));

        Assert.Empty(once.Gaps);
    }

    [Fact]
    public void Repeats_in_which_full_precision_is_unread_do_not_count_against_it()
    {
        var gaps = Report(
            (FakeStudy.Trial(0, Trial.BaselineArm, "32-32-32", 3000, 0.10), 0.12),
            (FakeStudy.Trial(2, "a", "4-4-1", 900, 0.20), 0.25), (FakeStudy.Trial(3, "a", "4-4-1", 900, 0.20, repeat: 1), 0.27)).Gaps;

        Assert.Null(Assert.Single(gaps).BeyondFull);
    }

    // A schedule picked from many equal ones by noise: what it loses is what the noise gave it.
    [Fact]
    public void What_selection_among_equals_flatters_is_found()
    {
        var lost = Enumerable.Range(0, 40).Select(i =>
        {
            var random = new SeededRandom((ulong)i);
            double Read() => 0.2 + (0.01 * MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1));
            string[] schedules = ["32-32-32", "1-1-2", "1-2-2", "2-1-1", "2-2-1", "2-1-2", "1-2-1", "4-1-1", "1-4-1", "1-1-4"];
            return Report([.. schedules.SelectMany((s, n) => Enumerable.Range(0, 3).Select(r => (
                FakeStudy.Trial((3 * n) + r, n == 0 ? Trial.BaselineArm : "a", s, 900 + n, Read(), r), (double?)Read())))])
                .Gaps.First(g => !g.Schedule.IsFullPrecision).BeyondFull!.Estimate;
        }).ToList();

        // The least of nine means of three is 1.485 standard errors under the mean.
        Assert.Equal(0.01 * 1.485 / Math.Sqrt(3), lost.Average(), 0.003);
    }

    private static StudyReport Report(params (Trial Trial, double? Test)[] trials) => StudyReport.Of(
        FakeStudy.Facts(FakeStudy.Plan("a"), [.. trials.Select(t => t.Trial)]) with
        {
            Tests = trials.Where(t => t.Test is not null).ToDictionary(t => t.Trial.Number, t => new TestScore((int)Math.Round(1_000_000 * (1 - t.Test!.Value)), 1_000_000)),
        });
}
