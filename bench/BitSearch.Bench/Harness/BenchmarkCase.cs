namespace BitSearch.Bench.Harness;

/// <summary>One cell of a group's table.</summary>
/// <param name="Subject">The row: what is done.</param>
/// <param name="Variant">The column: by whom or how.</param>
/// <param name="Measure">Does it once, or a few times for a mean; null: it cannot be measured here, as a note says.</param>
/// <param name="Amount">Pieces done in that time, in the group's unit; 0: not counted.</param>
internal sealed record BenchmarkCase(string Subject, string Variant, Func<Measurement>? Measure, double Amount = 0);

/// <summary>A column that divides one variant's median by another's.</summary>
/// <param name="Over">The variant divided.</param>
/// <param name="Under">The variant divided by.</param>
internal sealed record Ratio(string Over, string Under)
{
    /// <summary>The column's title.</summary>
    public string Title => $"{Over} / {Under}";
}
