using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>
/// A search space as a problem for <see cref="ExactSolver"/>: the space's points, widths, ties, exemptions and pattern, what
/// schedules cost in the budgets' measures, and the budgets less what no schedule changes. So the
/// solver's answer is a schedule of the space, and the best of the space.
/// </summary>
public static class SpaceTable
{
    /// <summary>The problem.</summary>
    /// <param name="space">The space.</param>
    /// <param name="measure">What the sensitivities are called, for messages: <c>output-kl</c>.</param>
    /// <param name="sensitivity">
    /// The sensitivity of a point at a width; null: it was not measured. Full precision is not asked for: it does no harm.
    /// </param>
    /// <returns>
    /// Costs in bits or bit operations, one for each measure with a budget, of the artifact if there is none; limits only where
    /// a schedule could break them. In the table a point's costs are those that it has alone; what points cost together
    /// (bit operations) and the limit on live activations are known to the solver, not to the table.
    /// </returns>
    /// <exception cref="PlanException">
    /// A sensitivity is not finite, or is missing where there is a choice of widths: each is named by its point. A point
    /// that is tied to a measured one and was itself measured nowhere counts 0.
    /// </exception>
    public static AllocationProblem Of(SearchSpace space, string measure, Func<QuantizationPoint, Bitwidth, double?> sensitivity)
    {
        var measures = Measures(space);
        var sensitivities = Sensitivities(space, measure, sensitivity);
        var table = SensitivityTable.Of(measures.Select(Cost), space.Network.Points.Select((point, i) => new SensitivityPoint(
            point.Name,
            point.Kind,
            sensitivities[i].Select(s => new WidthOption(s.Width, s.Value, measures.Select(m => CostTerm.Of(space.Network, point, s.Width)[m]).ToEquatableArray())).ToEquatableArray())
        {
            TieGroup = point.TieGroup,
            Elements = point.Elements,
            FollowsPattern = point.FollowsPattern,
        }));
        var limits = measures.Select((of, place) => (Place: place, Of: of, Most: Most(space, of)))
            .Where(l => l.Most < space.Largest(l.Of).Amount)
            .Select(l => new CostLimit(l.Place, l.Most - Base(space, l.Of)));
        return new AllocationProblem(table, space.Pattern, limits.ToEquatableArray()) { Space = space, Measures = measures };
    }

    /// <summary>
    /// The problem with a tighter limit on its first cost: the part <paramref name="share"/> of the way from the least that a
    /// schedule takes to the limit, or to the most that one takes.
    /// </summary>
    /// <param name="space">The space that <paramref name="problem"/> is of.</param>
    /// <param name="problem">What <see cref="Of"/> gave.</param>
    /// <param name="share">0 to 1.</param>
    public static AllocationProblem Tightened(SearchSpace space, AllocationProblem problem, double share)
    {
        var of = problem.Measures[0];
        var (least, most) = (space.Smallest(of).Amount, Math.Min(Most(space, of), space.Largest(of).Amount));
        var limit = new CostLimit(0, least + (long)(share * (most - least)) - Base(space, of));
        return problem with { Limits = [limit, .. problem.Limits.Where(l => l.Measure != 0)] };
    }

    // The peak of activations is no sum: the walk keeps it, step by step.
    private static List<BudgetMeasure> Measures(SearchSpace space) =>
        [.. space.Budgets.Select(b => b.Of).Where(of => of != BudgetMeasure.Activations).DefaultIfEmpty(BudgetMeasure.Artifact).Distinct()];

    private static CostMeasure Cost(BudgetMeasure of) =>
        of == BudgetMeasure.BitOperations ? CostMeasure.BitOperations with { Name = of.Name() } : new(of.Name(), "KiB", 8192);

    private static long Most(SearchSpace space, BudgetMeasure of) => space.Budgets.Where(b => b.Of == of).Select(b => b.Most).DefaultIfEmpty(long.MaxValue).Min();

    private static long Base(SearchSpace space, BudgetMeasure of) => of == BudgetMeasure.Artifact ? 8 * PackedLayout.BaseBytes(space.Network) : 0;

    // By point: the widths that its group may take, with what they mean there.
    private static List<(Bitwidth Width, double Value)>[] Sensitivities(
        SearchSpace space, string measure, Func<QuantizationPoint, Bitwidth, double?> sensitivity)
    {
        var points = space.Network.Points;
        var (values, problems) = (new List<(Bitwidth, double)>[points.Count], new List<Problem>());
        foreach (var group in PointGroup.Of(points, space.Pattern))
        {
            var unmeasured = group.Points.Where(i => group.Widths.All(w => w.IsFull || sensitivity(points[i], w) is null)).ToList();
            foreach (var i in group.Points)
            {
                var countsNothing = unmeasured.Contains(i) && (group.Widths.Length == 1 || unmeasured.Count < group.Points.Length);
                values[i] = [.. group.Widths.Select(w => (w, countsNothing || w.IsFull ? 0 : sensitivity(points[i], w) ?? Missing(points[i], w)))];
            }
        }

        return problems.Count == 0 ? values : throw new PlanException(problems);

        double Missing(QuantizationPoint point, Bitwidth width)
        {
            problems.Add(new Problem(point.Name, $"{measure} was not measured at {width} bits", "measure it at each of the point's widths, or pin its width"));
            return 0;
        }
    }
}
