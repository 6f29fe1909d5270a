namespace BitSearch.Reports;

/// <summary>The 95 % score interval of a proportion (Wilson 1927).</summary>
/// <param name="Low">Lower end, 0..1.</param>
/// <param name="High">Upper end, 0..1.</param>
public readonly record struct WilsonInterval(double Low, double High)
{
    private const double Z = 1.959963984540054;

    /// <summary>The interval for <paramref name="hits"/> of <paramref name="count"/>.</summary>
    /// <param name="hits">0 to <paramref name="count"/>.</param>
    /// <param name="count">At least 1.</param>
    public static WilsonInterval Of(int hits, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, count);
        var p = (double)hits / count;
        var z2 = Z * Z / count;
        var half = Z * Math.Sqrt(((p * (1 - p)) + (z2 / 4)) / count);
        return new WilsonInterval(Math.Max(0, (p + (z2 / 2) - half) / (1 + z2)), Math.Min(1, (p + (z2 / 2) + half) / (1 + z2)));
    }
}
