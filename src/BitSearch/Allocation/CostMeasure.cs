using System.Globalization;

namespace BitSearch.Allocation;

/// <summary>What a schedule costs in one respect, such as size. Costs are whole counts, so that sums and comparisons are exact.</summary>
/// <param name="Name">Unique within a table: <c>size</c>, <c>bops</c>, <c>latency</c>.</param>
/// <param name="Unit">The unit for people: <c>MiB</c>.</param>
/// <param name="CountsPerUnit">Counts in one such unit, above 0: 8,388,608 bits a MiB.</param>
public sealed record CostMeasure(string Name, string Unit, long CountsPerUnit)
{
    /// <summary>Memory, counted in bits.</summary>
    public static CostMeasure Size { get; } = new("size", "MiB", 1L << 23);

    /// <summary>Bit operations: MACs times weight bits times activation bits, each counted.</summary>
    public static CostMeasure BitOperations { get; } = new("bops", "GBOPs", 1_000_000_000);

    /// <summary>Time, counted in picoseconds.</summary>
    public static CostMeasure Latency { get; } = new("latency", "ms", 1_000_000_000);

    /// <summary>Any other amount, counted in billionths.</summary>
    /// <param name="name">Its name.</param>
    public static CostMeasure Of(string name) => new(name, "units", 1_000_000_000);

    /// <summary>The amount in <see cref="Unit"/>.</summary>
    /// <param name="counts">A sum of costs.</param>
    public double Amount(long counts) => (double)counts / CountsPerUnit;

    /// <summary>For people: <c>6.650390625 MiB</c>.</summary>
    public string Text(long counts) => string.Create(CultureInfo.InvariantCulture, $"{Amount(counts):0.#########} {Unit}").TrimEnd();
}
