using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>Which schedule of a table has the least summed sensitivity under limits: a multiple-choice knapsack.</summary>
/// <param name="Table">Sensitivities and costs.</param>
/// <param name="Pattern">How widths relate along depth.</param>
/// <param name="Limits">All of them are kept; none: unlimited.</param>
public sealed record AllocationProblem(SensitivityTable Table, SchedulePattern Pattern, EquatableArray<CostLimit> Limits)
{
    /// <summary>The search space that the problem is of; null: the table is all there is.</summary>
    internal SearchSpace? Space { get; init; }

    /// <summary>What the table's costs are in the space.</summary>
    internal IReadOnlyList<BudgetMeasure> Measures { get; init; } = [];

    /// <summary>Why nothing keeps the limits.</summary>
    /// <param name="certificate">What <see cref="ExactSolver.Solve"/> found.</param>
    /// <returns>Each limit that lies below the least cost; if none does, one line about all together.</returns>
    public IReadOnlyList<Problem> WhyNothing(Certificate certificate)
    {
        var walk = ChoiceWalk.Of(this);
        var alone =
            from limit in Limits
            let measure = Table.Measures[limit.Measure]
            let least = walk.LeastToEnd(o => o.Costs[limit.Measure], long.MaxValue)[0][0]
            where least > limit.Most
            select new Problem($"budget {measure.Name}", $"{measure.Text(limit.Most)} is below every schedule", $"{measure.Text(least)}, the least, or more");
        var problems = alone.ToList();
        var all = string.Join(" and ", Limits.Select(l => $"{Table.Measures[l.Measure].Name} {Table.Measures[l.Measure].Text(l.Most)}"));
        return problems.Count > 0 ? problems
            : [new Problem("budgets", certificate.IsExact ? $"no schedule keeps {all} at once" : $"no schedule was found that keeps {all} at once, and no proof that there is none", "raise one of them")];
    }
}
