using MathNet.Numerics.Distributions;

namespace BitSearch.Torch.Search;

/// <summary>The normal distribution cut off at 0 and 1.</summary>
internal static class TruncatedNormal
{
    /// <summary>One number from it, by inverting its distribution function.</summary>
    /// <param name="mean">The normal distribution's mean, 0 to 1.</param>
    /// <param name="deviation">Its standard deviation, above 0.</param>
    /// <param name="random">Where it comes from; one number is taken.</param>
    /// <returns>0 to 1.</returns>
    public static double Draw(double mean, double deviation, Random random)
    {
        var (low, high) = (Normal.CDF(mean, deviation, 0), Normal.CDF(mean, deviation, 1));
        return Math.Clamp(Normal.InvCDF(mean, deviation, low + (random.NextDouble() * (high - low))), 0, 1);
    }
}
