using BitSearch.Allocation;

namespace BitSearch.Cli.Commands;

/// <summary>What <c>bitsearch solve</c> answers.</summary>
/// <param name="Pattern">The pattern kept.</param>
/// <param name="Schedule">One width per layer, joined by <c>-</c>.</param>
/// <param name="Sensitivity">Summed over the layers.</param>
/// <param name="FromFewestBits">Less what the table's fewest bits everywhere have: HAWQ's objective.</param>
/// <param name="Certificate"><c>exact</c> or the gap.</param>
/// <param name="Gap">No schedule is better by more than this.</param>
/// <param name="MillisecondsPerSolve">The median of some solves, or of one if it is long.</param>
/// <param name="Costs">All of the table's costs.</param>
/// <param name="Layers">Layer by layer.</param>
internal sealed record SolveAnswer(
    string Pattern,
    string Schedule,
    double Sensitivity,
    double FromFewestBits,
    string Certificate,
    double Gap,
    double MillisecondsPerSolve,
    IReadOnlyList<CostUse> Costs,
    IReadOnlyList<LayerChoice> Layers)
{
    /// <summary>Puts an answer into words and units.</summary>
    public static SolveAnswer Of(AllocationProblem problem, Solution best, Certificate certificate, TimeSpan time)
    {
        var table = problem.Table;
        var fewest = table.Points.Sum(p => p.Options[0].Sensitivity);
        var costs = table.Measures.Select((m, place) => new CostUse(
            m.Name, m.Unit, m.Amount(best.Costs[place]),
            problem.Limits.Where(l => l.Measure == place).Select(l => (double?)m.Amount(l.Most)).Min()));
        var layers = table.Points.Select((p, i) => (Point: p, Option: table.OptionOf(i, best.Schedule[i]))).Select(l => new LayerChoice(
            l.Point.Name, l.Option.Width.Bits, l.Point.TieGroup, l.Option.Sensitivity, [.. l.Option.Costs.Zip(table.Measures, (cost, m) => m.Amount(cost))]));
        return new SolveAnswer(
            problem.Pattern.ToString().ToLowerInvariant(), best.Schedule.ToString(), best.Sensitivity, best.Sensitivity - fewest,
            certificate.ToString(), certificate.Gap, time.TotalMilliseconds, [.. costs], [.. layers]);
    }
}

/// <summary>A cost against its limit.</summary>
internal sealed record CostUse(string Name, string Unit, double Amount, double? Limit);

/// <summary>One layer of the schedule.</summary>
internal sealed record LayerChoice(string Layer, int Bits, string? Tie, double Sensitivity, IReadOnlyList<double> Costs);

/// <summary>What <c>bitsearch solve --curve --json</c> answers.</summary>
internal sealed record CurveAnswer(string Cost, string Unit, string Certificate, double Gap, double MillisecondsPerSolve, IReadOnlyList<CurveOptimum> Optima)
{
    /// <summary>Puts a curve into words and units.</summary>
    public static CurveAnswer Of(SensitivityTable table, BudgetCurve curve, TimeSpan time)
    {
        var measure = table.Measures[curve.Measure];
        return new CurveAnswer(measure.Name, measure.Unit, curve.Certificate.ToString(), curve.Certificate.Gap, time.TotalMilliseconds, [
            .. curve.Points.Select((p, i) => new CurveOptimum(measure.Amount(p.Cost), p.Sensitivity, curve.SolutionAt(i).Schedule.ToString()))]);
    }
}

/// <summary>The best schedule from this cost up to the next one's.</summary>
internal sealed record CurveOptimum(double Cost, double Sensitivity, string Schedule);
