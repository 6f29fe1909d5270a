using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests.Reports;

public sealed class StudyReportTests
{
    private static readonly StudyFacts Small = FakeStudy.Facts(
        FakeStudy.Plan("a", "b"),
        FakeStudy.Trial(0, Trial.BaselineArm, "2-2-2", 600, 0.30),
        FakeStudy.Trial(1, Trial.BaselineArm, "4-4-4", 1200, 0.20),
        FakeStudy.Trial(2, Trial.BaselineArm, "32-32-32", 9600, 0.10),
        FakeStudy.Trial(3, "a", "4-2-1", 700, 0.20),
        FakeStudy.Trial(4, "a", "4-4-1", 900, 0.22),
        FakeStudy.Trial(5, "b", "4-2-1", 700, 0.20, copyOf: 3),
        FakeStudy.Trial(6, "b", "8-2-1", 1100, 0.15)) with
    { Budget = FakeStudy.Bytes(1000), FurtherBudgets = [FakeStudy.Bytes(650)] };

    [Fact]
    public void The_front_is_what_no_other_schedule_dominates_and_a_copy_is_on_it_once()
    {
        var report = StudyReport.Of(Small);

        Assert.Equal([0, 3, 6, 2], report.Front.Select(s => s.Trial));
        Assert.Equal(["a", "b"], report.Front[1].Arms);
        Assert.Equal([3], report.Arms.Single(a => a.Name == "a").Front.Select(s => s.Trial));
        Assert.Equal([3, 6], report.Arms.Single(a => a.Name == "b").Front.Select(s => s.Trial));
        Assert.Equal(1, report.Arms.Single(a => a.Name == "b").Copies);
    }

    [Fact]
    public void Each_budget_is_answered_by_the_fewest_errors_within_it()
    {
        var report = StudyReport.Of(Small);

        Assert.Equal(3, report.Chosen!.Trial);
        Assert.Equal([3, 0], report.Answers.Select(a => a.Best!.Trial));
        Assert.All(report.Answers, a => Assert.Equal("2 bit", a.BestHomogeneous!.Homogeneous));
        Assert.Equal([true, false, false, true, true, false], report.Schedules.Select(s => s.WithinBudget));
    }

    [Fact]
    public void Equal_errors_are_decided_by_fewer_bytes_then_by_the_lower_number()
    {
        var report = StudyReport.Of(FakeStudy.Facts(
            FakeStudy.Plan("a"),
            FakeStudy.Trial(0, "a", "4-4-1", 900, 0.2),
            FakeStudy.Trial(1, "a", "4-1-4", 800, 0.2),
            FakeStudy.Trial(2, "a", "1-4-4", 800, 0.2)));

        Assert.Equal(1, report.Chosen!.Trial);
        Assert.Equal([1], report.Front.Select(s => s.Trial));
    }

    [Fact]
    public void Hypervolume_is_the_dominated_share_of_the_rectangle_up_to_the_budget_and_chance()
    {
        var report = StudyReport.Of(Small);

        Assert.Equal(new ReferencePoint(MemorySize.FromBytes(1000), 0.9), report.Reference);
        var first = 0.3 * (0.9 - 0.20) / 0.9;
        Assert.Equal(first, report.Arms[0].HypervolumeBySchedule[0], 1e-12);
        Assert.Equal([first, first], report.Arms[0].HypervolumeBySchedule.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(((0.4 * 0.6) + (0.3 * 0.1)) / 0.9, report.Hypervolume, 1e-12);
    }

    [Fact]
    public void Without_a_budget_hypervolume_is_measured_to_the_float32_size()
    {
        var report = StudyReport.Of(Small with { Budget = NamedBudget.None });

        Assert.Equal(Ledger.Of(FakeStudy.Tiny, Schedule.Parse("32-32-32")).Total, report.Reference.Size);
        Assert.Equal(2, report.Chosen!.Trial);
    }

    [Fact]
    public void Homogeneous_schedules_stand_beside_smaller_and_better_mixed_ones()
    {
        var compared = StudyReport.Of(Small).Homogeneous;

        Assert.Equal(["2 bit", "4 bit", "float"], compared.Select(c => c.Homogeneous.Homogeneous));
        Assert.Null(compared[0].Smaller);
        Assert.Null(compared[0].Better);
        Assert.Equal(3, compared[1].Smaller!.Trial);
        Assert.Equal(1 - (700.0 / 1200), compared[1].Saved, 1e-12);
        Assert.Equal(6, compared[1].Better!.Trial);
        Assert.Null(compared[2].Smaller);
    }

    [Fact]
    public void Finalists_are_the_budgets_best_each_arms_best_and_two_references()
    {
        var finalists = StudyReport.Of(Small with { Tests = new Dictionary<int, TestScore> { [3] = new(75, 100) } }).Finalists;

        Assert.Equal([3, 0, 2], finalists.Select(f => f.Schedule.Trial));
        Assert.Equal(["best within 1000 B", "best of arm a", "best of arm b"], finalists[0].Reasons);
        Assert.Equal(["best within 650 B", "best homogeneous"], finalists[1].Reasons);
        Assert.Equal(["full precision"], finalists[2].Reasons);
        Assert.Equal(0.25, finalists[0].Schedule.TestErrorRate!.Value, 1e-12);
        Assert.Null(finalists[1].Schedule.TestInterval);
    }

    [Fact]
    public void The_plan_limits_the_candidates_but_not_the_references()
    {
        var finalists = StudyReport.Of(Small with { Plan = Small.Plan with { Finalists = 1 } }).Finalists;

        Assert.Equal([3, 0, 2], finalists.Select(f => f.Schedule.Trial));
        Assert.Equal(["best homogeneous"], finalists[1].Reasons);
    }

    [Fact]
    public void Failures_and_prunings_are_counted_and_take_up_a_try()
    {
        var failed = FakeStudy.Trial(7, "a", "8-8-8", 2400, 0) with { Outcome = new TrialOutcome.Failed("NaN") };
        var pruned = FakeStudy.Trial(8, "a", "8-8-4", 2000, 0) with { Outcome = new TrialOutcome.Pruned("slow") };
        var running = FakeStudy.Trial(9, "a", "8-8-1", 1800, 0) with { Outcome = null };

        var arm = StudyReport.Of(Small with { History = Small.History.With(failed).With(pruned).With(running) }).Arms[0];

        Assert.Equal((5, 2, 1, 1), (arm.Trials, arm.Completed, arm.Pruned, arm.Failed));
        Assert.Equal(4, arm.HypervolumeBySchedule.Count);
    }

    [Fact]
    public void A_study_without_a_completed_trial_has_a_report_too()
    {
        var report = StudyReport.Of(FakeStudy.Facts(FakeStudy.Plan("a")));

        Assert.Empty(report.Schedules);
        Assert.Null(report.Chosen);
        Assert.Null(report.ChosenLedger);
        Assert.Equal(0, report.Hypervolume);
        Assert.Empty(report.Finalists);
    }

    [Fact]
    public void The_front_equals_the_one_by_brute_force() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 10]).List[0, 40].Sample(points =>
        {
            var facts = FakeStudy.Facts(FakeStudy.Plan("a"), [.. points.Select((p, i) =>
                FakeStudy.Trial(i, "a", $"{(i / 32) + 1}-{(i % 32) + 1}-1", p.Item1, p.Item2 / 10.0))]);

            var expected = points.Where(p => !points.Any(q =>
                q.Item1 <= p.Item1 && q.Item2 <= p.Item2 && (q.Item1 < p.Item1 || q.Item2 < p.Item2))).Distinct().Order();

            Assert.Equal(
                expected.Select(p => ((long)p.Item1, p.Item2 / 10.0)),
                StudyReport.Of(facts).Front.Select(s => (s.Size.Bytes, s.ErrorRate)));
        });
}
