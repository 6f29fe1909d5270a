using BitSearch.Allocation;
using BitSearch.Space;
using CsCheck;

namespace BitSearch.Tests.Allocation;

public sealed class ExactSolverTests
{
    private const int Problems = 10_000;

    [Fact]
    public void The_answer_is_that_of_brute_force_under_every_pattern_with_ties_and_several_limits() => Gen.ULong.Sample(
        seed =>
        {
            var problem = SmallTables.Of(seed);
            var all = SmallTables.BruteForce(problem.Table, problem.Pattern, problem.Limits.Select(l => l.Measure));
            if (all.Count == 0)
            {
                Assert.Throws<PlanException>(() => ExactSolver.Solve(problem));
                return;
            }

            var expected = all.Find(s => problem.Limits.All(l => s.Costs[l.Measure] <= l.Most));
            Assert.Equal(new AllocationResult(expected, Certificate.Exact), ExactSolver.Solve(problem));
            Assert.True(expected is not null || problem.WhyNothing(Certificate.Exact).Count > 0);
        },
        iter: Problems);

    [Fact]
    public void The_curve_holds_the_answer_of_brute_force_for_every_limit() => Gen.ULong.Sample(
        seed =>
        {
            var (table, pattern, _) = SmallTables.Of(seed);
            for (var m = 0; m < table.Measures.Count; m++)
            {
                var all = SmallTables.BruteForce(table, pattern, [m]);
                if (all.Count == 0)
                {
                    Assert.Throws<PlanException>(() => ExactSolver.Curve(table, pattern, m));
                    return;
                }

                var curve = ExactSolver.Curve(table, pattern, m);
                Assert.True(curve.Certificate.IsExact);
                foreach (var most in all.Select(s => s.Costs[m]).Distinct().Append(-1))
                {
                    Assert.Equal(all.Find(s => s.Costs[m] <= most), curve.Under(most));
                }

                Assert.Equal(curve.Points, curve.Points.OrderBy(p => p.Cost).DistinctBy(p => p.Sensitivity));
            }
        },
        iter: Problems / 2);

    [Fact]
    public void Nothing_is_better_than_a_thinned_curve_by_more_than_its_gap() => Gen.Select(Gen.ULong, Gen.Int[1, 4]).Sample(
        (seed, capacity) =>
        {
            var (table, pattern, _) = SmallTables.Of(seed);
            if (table.Measures.Count == 0 || SmallTables.BruteForce(table, pattern, [0]).Count == 0)
            {
                return;
            }

            var (whole, thin) = (ExactSolver.Curve(table, pattern, 0), ExactSolver.Curve(table, pattern, 0, capacity));
            foreach (var point in whole.Points)
            {
                var found = thin.Under(point.Cost);
                Assert.NotNull(found);
                Assert.InRange(found.Sensitivity - point.Sensitivity, 0, thin.Certificate.Gap + 1e-9);
            }
        },
        iter: Problems / 5);

    [Fact]
    public void A_narrow_beam_says_truly_how_far_it_may_be_from_the_best() => Gen.Select(Gen.ULong, Gen.Int[1, 3]).Sample(
        (seed, beam) =>
        {
            var problem = SmallTables.Of(seed);
            var all = SmallTables.BruteForce(problem.Table, problem.Pattern, problem.Limits.Select(l => l.Measure));
            if (all.Count == 0)
            {
                return;
            }

            var best = all.Find(s => problem.Limits.All(l => s.Costs[l.Measure] <= l.Most));
            var (found, certificate) = ExactSolver.Solve(problem, beam);
            Assert.True(best is not null || found is null);
            Assert.True(found is not null || best is null || double.IsPositiveInfinity(certificate.Gap));
            if (found is not null)
            {
                Assert.InRange(found.Sensitivity - best!.Sensitivity, 0, certificate.Gap + 1e-9);
                Assert.All(problem.Limits, l => Assert.InRange(found.Costs[l.Measure], 0, l.Most));
            }
        },
        iter: Problems / 5);

    [Fact]
    public void Of_equally_sensitive_schedules_the_cheapest_and_then_the_one_with_fewer_bits_late_is_taken()
    {
        var points = Enumerable.Range(0, 3).Select(i => new SensitivityPoint($"l{i}", PointKind.Weight, [
            new WidthOption(new Bitwidth(2), 1, [2]), new WidthOption(new Bitwidth(4), 0, [4]), new WidthOption(new Bitwidth(8), 0, [8])]));
        var table = SensitivityTable.Of([CostMeasure.Size], points);

        Assert.Equal("4-4-4", Solve(100));
        Assert.Equal("4-4-2", Solve(11));
        Assert.Equal("4-2-2", Solve(8));

        string Solve(long most) => ExactSolver.Solve(new AllocationProblem(table, SchedulePattern.Free, [new CostLimit(0, most)])).Best!.Schedule.ToString();
    }
}
