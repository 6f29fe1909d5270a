using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>A schedule with what it means.</summary>
/// <param name="Schedule">One width for each of the table's points.</param>
/// <param name="Sensitivity">Summed over all points, group by group.</param>
/// <param name="Costs">Summed over all points; one for each of the table's measures.</param>
public sealed record Solution(Schedule Schedule, double Sensitivity, EquatableArray<long> Costs);
