using MathNet.Numerics.Statistics;

namespace BitSearch.Comparison;

/// <summary>The middle of some values and of their halves (quantiles by Hyndman and Fan 1996, type 8).</summary>
/// <param name="Median">The median.</param>
/// <param name="Low">The lower quartile.</param>
/// <param name="High">The upper quartile.</param>
public sealed record Spread(double Median, double Low, double High)
{
    /// <summary>Of at least one value.</summary>
    public static Spread Of(IReadOnlyCollection<double> values) => new(values.Median(), values.Quantile(0.25), values.Quantile(0.75));
}
