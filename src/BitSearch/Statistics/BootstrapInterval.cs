using BitSearch.Trials;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace BitSearch.Statistics;

/// <summary>A statistic of a small sample with an interval by resampling. For paired samples, give the differences.</summary>
/// <param name="Estimate">The statistic of the sample itself.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end.</param>
public sealed record BootstrapInterval(double Estimate, double Low, double High)
{
    private const int Resamples = 4000;

    /// <summary>The mean with its interval.</summary>
    /// <param name="values">At least two, all finite.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="level">The share of intervals that are to hold the truth, above 0 and below 1.</param>
    public static BootstrapInterval OfMean(IReadOnlyList<double> values, Seed seed, double level = 0.95) => Of(values, sample => sample.Mean(), seed, level);

    /// <summary>
    /// A statistic with its expanded percentile interval (Hesterberg 2015, section 5): quantiles of 4,000 resamples (Efron
    /// 1979), taken so far out that the interval of a normal sample's mean is as wide as Student's. The plain percentile
    /// interval of ten values is a sixth too narrow.
    /// </summary>
    /// <param name="values">At least two, all finite.</param>
    /// <param name="statistic">What is asked of a sample.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="level">The share of intervals that are to hold the truth, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">There are fewer than two values, or one is not finite.</exception>
    public static BootstrapInterval Of(IReadOnlyList<double> values, Func<double[], double> statistic, Seed seed, double level = 0.95)
    {
        if (values.Count < 2 || values.Any(v => !double.IsFinite(v)))
        {
            throw new ArgumentException("at least two values, all finite, are resampled", nameof(values));
        }

        var random = seed.Stream("bootstrap", values.Count);
        var (sample, draws) = (new double[values.Count], new double[Resamples]);
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < sample.Length; j++)
            {
                sample[j] = values[random.Next(sample.Length)];
            }

            draws[i] = statistic(sample);
        }

        var tail = Tail(values.Count, level);
        return new BootstrapInterval(statistic([.. values]), draws.Quantile(tail), draws.Quantile(1 - tail));
    }

    // The probability on each side: Phi(-sqrt(n / (n - 1)) t).
    private static double Tail(int count, double level)
    {
        var student = StudentT.InvCDF(0, 1, count - 1, (1 + level) / 2);
        return Normal.CDF(0, 1, -Math.Sqrt(count / (count - 1.0)) * student);
    }
}
