using BitSearch.Reports;
using BitSearch.Trials;

namespace BitSearch.Tests.Reports;

public sealed class LearningCurveTests
{
    [Fact]
    public void A_curve_is_the_mean_over_repeats_with_its_interval()
    {
        var report = Report(Trial(0, "a", "4-4-1", 0, 0.5, 0.3), Trial(1, "a", "4-4-1", 1, 0.4, 0.1));

        var curve = Assert.Single(report.Curves);
        Assert.Equal([1, 2], curve.Points.Select(p => p.Reading));
        Assert.Equal(0.45, curve.Points[0].ErrorRate.Estimate, 12);
        Assert.Equal(0.2, curve.Points[1].ErrorRate.Estimate, 12);
        Assert.True(curve.Points[1].ErrorRate.Low < 0.2 && curve.Points[1].ErrorRate.High > 0.2);
    }

    [Fact]
    public void One_repeat_is_its_own_interval()
    {
        var point = Report(Trial(0, "a", "4-4-1", 0, 0.5, 0.3)).Curves.Single().Points[0].ErrorRate;

        Assert.Equal((0.5, 0.5, 0.5), (point.Low, point.Estimate, point.High));
    }

    [Fact]
    public void Homogeneous_schedules_and_finalists_are_shown_and_no_others()
    {
        var report = Report(
            Trial(0, Trials.Trial.BaselineArm, "4-4-4", 0, 0.5, 0.3), Trial(1, "a", "4-4-1", 0, 0.5, 0.2), Trial(2, "a", "4-2-1", 0, 0.5, 0.4), Trial(3, "a", "2-2-2", 0, 0.5, 0.4));

        Assert.Equal(["4-4-4", "4-4-1"], report.Curves.Select(c => c.Schedule.Schedule.ToString()).OrderDescending());
    }

    [Fact]
    public void Trainings_of_one_epoch_have_no_curve()
    {
        Assert.Empty(Report(Trial(0, "a", "4-4-1", 0, 0.5)).Curves);
    }

    private static StudyReport Report(params Trial[] trials) => StudyReport.Of(FakeStudy.Facts(FakeStudy.Plan("a"), trials));

    private static Trial Trial(int number, string arm, string schedule, int repeat, params double[] curve) =>
        FakeStudy.Trial(number, arm, schedule, 900 + number, curve[^1], repeat) with { Outcome = new TrialOutcome.Completed(curve[^1], 1) { Curve = [.. curve] } };
}
