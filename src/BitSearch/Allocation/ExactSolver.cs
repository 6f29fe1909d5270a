using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>
/// Minimises summed sensitivity over a table's schedules, pattern, ties and limits kept, and proves what it says. The
/// problem is the integer program of HAWQ-V3 (Yao et al. 2021) with any number of widths, patterns and limits. Of
/// equally sensitive schedules the answer is the cheapest, costs compared in the order of the limits; of equally cheap ones
/// the one with fewer bits in the last group in which they differ, weights before activations. Pure: no clock, no chance.
/// </summary>
public static class ExactSolver
{
    /// <summary>The number of states a level beyond which a curve is thinned.</summary>
    public const int CurveCapacity = 1 << 17;

    /// <summary>The labels a level beyond which a gap is left open.</summary>
    public const int WidestBeam = 1 << 14;

    private const int NarrowestBeam = 1 << 5;

    /// <summary>The best schedule under all limits: passes of branch and bound whose beam grows until nothing is left open.</summary>
    /// <param name="problem">The table, the pattern and the limits.</param>
    /// <param name="widestBeam">How many partial schedules of a level are kept at most; more prove more. At least 1.</param>
    /// <exception cref="PlanException">No schedule follows the pattern, limits or none.</exception>
    public static AllocationResult Solve(AllocationProblem problem, int widestBeam = WidestBeam)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widestBeam, 1);
        var walk = ChoiceWalk.Of(problem);
        if (walk.IsEmpty || problem.Limits.Any(l => walk.LeastToEnd(c => c.Costs[l.Measure], long.MaxValue)[0][0] > l.Most))
        {
            return new AllocationResult(null, Certificate.Exact);
        }

        var search = new LabelSearch(walk, problem.Limits);
        for (var beam = Math.Min(NarrowestBeam, widestBeam); ; beam = Math.Min(beam * 8, widestBeam))
        {
            search.Pass(beam);
            if (double.IsPositiveInfinity(search.Open) || beam == widestBeam)
            {
                return Result(walk, search);
            }
        }
    }

    /// <summary>The optima for all limits on one cost, in one pass.</summary>
    /// <param name="table">Sensitivities and costs.</param>
    /// <param name="pattern">How widths relate along depth.</param>
    /// <param name="measure">The cost's place in <see cref="SensitivityTable.Measures"/>.</param>
    /// <param name="capacity">How many states of a level are kept at most; where there are more, a gap remains. At least 1.</param>
    /// <exception cref="PlanException">No schedule follows the pattern.</exception>
    public static BudgetCurve Curve(SensitivityTable table, SchedulePattern pattern, int measure, int capacity = CurveCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(measure);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(measure, table.Measures.Count);
        return new CurveSweep(new ChoiceWalk(table, pattern), measure, capacity).Run();
    }

    private static AllocationResult Result(ChoiceWalk walk, LabelSearch search)
    {
        var gap = double.IsPositiveInfinity(search.Open) ? 0 : (search.Best?.Sensitivity ?? double.PositiveInfinity) - search.Open;
        if (search.Best is null)
        {
            return new AllocationResult(null, new Certificate(gap));
        }

        var choices = new int[walk.Levels];
        var level = walk.Levels;
        for (var label = search.Best; label.Parent is not null; label = label.Parent)
        {
            choices[--level] = label.Choice;
        }

        return new AllocationResult(walk.SolutionOf(choices), new Certificate(gap));
    }
}
