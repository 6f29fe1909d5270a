using BitSearch.Allocation;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests.Allocation;

public sealed class SpaceTableTests
{
    private static readonly SpaceRules Rules = new(TestNetworks.Bits(2, 4, 32));

    [Fact]
    public void The_solvers_answer_is_the_best_schedule_of_the_space_under_every_pattern() => Gen.Select(SmallSpaces.Any, Gen.ULong).Sample(
        (space, seed) =>
        {
            var measured = Drawn(space, seed);
            var (best, certificate) = ExactSolver.Solve(Problem(space, measured));
            var all = space.Enumerate().ToList();
            Assert.True(certificate.IsExact);
            Assert.Equal(all.Count == 0, best is null);
            if (best is not null)
            {
                Assert.Null(space.WhyNot(best.Schedule));
                Assert.Equal(all.Min(s => Sum(space, measured, s)), Sum(space, measured, best.Schedule), 1e-9);
                Assert.Equal(best.Sensitivity, Sum(space, measured, best.Schedule), 1e-9);
            }
        },
        iter: 1000);

    [Fact]
    public void A_tightened_problems_answer_is_the_best_below_that_limit() => Gen.Select(SmallSpaces.Any.Where(s => s.Count() > 1), Gen.ULong, Gen.Int[0, 8]).Sample(
        (space, seed, eighths) =>
        {
            var measured = Drawn(space, seed);
            var of = space.Budgets.Select(b => b.Of).Where(b => b != BudgetMeasure.Activations).FirstOrDefault(BudgetMeasure.Artifact);
            var least = space.Smallest(of).Amount;
            var most = space.Budgets.Where(b => b.Of == of).Select(b => b.Most).Append(space.Largest(of).Amount).Min();
            var limit = least + ((most - least) * eighths / 8);
            var inside = space.Enumerate().Where(s => space.Amount(s, of) <= limit).ToList();
            var best = ExactSolver.Solve(SpaceTable.Tightened(space, Problem(space, measured), eighths / 8.0)).Best;
            Assert.Equal(inside.Count == 0, best is null);
            if (best is not null)
            {
                Assert.Contains(best.Schedule, inside);
                Assert.Equal(inside.Min(s => Sum(space, measured, s)), best.Sensitivity, 1e-9);
            }
        },
        iter: 400);

    [Theory]
    [InlineData(double.NaN, "its sensitivity at 4 bits is NaN")]
    [InlineData(double.PositiveInfinity, "its sensitivity at 4 bits is Infinity")]
    [InlineData(null, "output-kl was not measured at 4 bits")]
    public void What_is_missing_or_not_finite_is_named(double? value, string wrong)
    {
        var space = SearchSpace.Of(TestNetworks.Of("small", ("a", [4, 4]), ("b", [4, 4])), Rules, SchedulePattern.Free, []);

        var refused = Assert.Throws<PlanException>(() => SpaceTable.Of(
            space, "output-kl", (point, width) => point.Layer == "b" && width == new Bitwidth(4) ? value : 1));

        Assert.Equal(["b.weight"], refused.Problems.Select(p => p.Place));
        Assert.Equal([wrong], refused.Problems.Select(p => p.Wrong));
    }

    [Fact]
    public void Pinned_points_need_no_measurement_and_full_precision_does_no_harm()
    {
        var space = SearchSpace.Of(
            TestNetworks.Of("small", ("a", [4, 4]), ("b", [4, 4])), Rules with { First = new RoleRule(Pinned: new Bitwidth(8)) }, SchedulePattern.Free, []);

        var problem = SpaceTable.Of(space, "output-kl", (point, width) => point.Name == "b.weight" ? 10.0 / width.Bits : null);

        Assert.Equal([0.0], problem.Table.Points[0].Options.Select(o => o.Sensitivity));
        Assert.Equal([5, 2.5, 0], problem.Table.Points[1].Options.Select(o => o.Sensitivity));
        Assert.Empty(problem.Limits);
    }

    [Fact]
    public void Activations_that_are_tied_to_measured_weights_may_be_unmeasured()
    {
        var space = SearchSpace.Of(
            TestNetworks.Of("small", ("a", [4, 4]), ("b", [4, 4])), Rules with { Activations = new ActivationRule(Tied: true) }, SchedulePattern.Free, []);

        var problem = SpaceTable.Of(space, "hessian", (point, width) => point.Kind == PointKind.Weight ? 10.0 / width.Bits : null);
        Assert.Equal([0.0, 0.0], problem.Table.Points.Where(p => p.Kind == PointKind.Activation).Select(p => p.Options[0].Sensitivity));
        Assert.Equal([5.0, 5.0], problem.Table.Points.Where(p => p.Kind == PointKind.Weight).Select(p => p.Options[0].Sensitivity));

        var refused = Assert.Throws<PlanException>(() => SpaceTable.Of(space, "hessian", (point, width) => point.Kind == PointKind.Weight || width.Bits < 4 ? 10.0 : null));
        Assert.Equal(["a.input", "b.input"], refused.Problems.Select(p => p.Place));
    }

    private static AllocationProblem Problem(SearchSpace space, Measurement measured) =>
        SpaceTable.Of(space, measured.Name, (point, width) => measured.Of(point.Name, width));

    // Some of them negative and many alike, as measurements may be; full precision's own value is not used.
    private static Measurement Drawn(SearchSpace space, ulong seed)
    {
        var random = new SeededRandom(seed);
        var whole = random.Next(2) == 0;
        return new Measurement("drawn", space.Network.Points.SelectMany(p => p.Widths, (p, w) => new MeasuredValue(
            p.Name, w, whole ? random.Next(-2, 5) : random.NextDouble() / w.Bits)).ToEquatableArray());
    }

    private static double Sum(SearchSpace space, Measurement measured, Schedule schedule) => space.Network.Points
        .Select((p, i) => schedule[i].IsFull ? 0 : measured.Of(p.Name, schedule[i])!.Value).Sum();
}
