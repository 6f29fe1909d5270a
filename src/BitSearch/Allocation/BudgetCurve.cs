namespace BitSearch.Allocation;

/// <summary>The optimum for every limit on one cost. Schedules are put together when they are asked for.</summary>
public sealed class BudgetCurve
{
    private readonly Func<int, Solution> _solutions;

    internal BudgetCurve(int measure, IReadOnlyList<CurvePoint> points, Certificate certificate, Func<int, Solution> solutions) =>
        (Measure, Points, Certificate, _solutions) = (measure, points, certificate, solutions);

    /// <summary>The cost's place in <see cref="SensitivityTable.Measures"/>.</summary>
    public int Measure { get; }

    /// <summary>Costs strictly ascending, sensitivities strictly descending; at least one.</summary>
    public IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>Holds for every limit.</summary>
    public Certificate Certificate { get; }

    /// <summary>The schedule of a point. O(levels).</summary>
    /// <param name="point">A place in <see cref="Points"/>.</param>
    public Solution SolutionAt(int point) => _solutions(point);

    /// <summary>The optimum under a limit; null if nothing keeps it. O(log points + levels).</summary>
    /// <param name="most">The limit in counts.</param>
    public Solution? Under(long most)
    {
        var (from, to) = (0, Points.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = Points[middle].Cost <= most ? (middle + 1, to) : (from, middle);
        }

        return from == 0 ? null : SolutionAt(from - 1);
    }
}
