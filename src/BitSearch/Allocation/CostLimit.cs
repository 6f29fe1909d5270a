namespace BitSearch.Allocation;

/// <summary>A hard limit on one of a table's costs.</summary>
/// <param name="Measure">The place in <see cref="SensitivityTable.Measures"/>.</param>
/// <param name="Most">At most so many counts, all points summed.</param>
public sealed record CostLimit(int Measure, long Most);
