using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>What one width means at one point.</summary>
/// <param name="Width">The width.</param>
/// <param name="Sensitivity">The loss's increase, finite; its zero is the table's own, and it may be negative.</param>
/// <param name="Costs">Counts of each of the table's measures, none negative.</param>
public sealed record WidthOption(Bitwidth Width, double Sensitivity, EquatableArray<long> Costs);
