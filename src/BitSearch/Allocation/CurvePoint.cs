namespace BitSearch.Allocation;

/// <summary>One optimum of a <see cref="BudgetCurve"/>.</summary>
/// <param name="Cost">Counts, all points summed.</param>
/// <param name="Sensitivity">The least that any schedule of at most this cost has.</param>
public readonly record struct CurvePoint(long Cost, double Sensitivity);
