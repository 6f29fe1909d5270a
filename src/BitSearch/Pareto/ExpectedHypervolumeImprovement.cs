using MathNet.Numerics.Distributions;

namespace BitSearch.Pareto;

/// <summary>How much a point of known size and uncertain error rate is expected to add to the hypervolume.</summary>
public static class ExpectedHypervolumeImprovement
{
    /// <summary>
    /// E[HV(front + (size, Y)) - HV(front)] for Y normal (Emmerich, Giannakoglou and Naujoks 2006), exactly. With one
    /// certain objective it is one-dimensional: at every size x from the point's to the reference's, what is gained is the
    /// part of Y below the front's staircase h(x). So the value is the integral of E[max(0, h(x) - Y)] over x, and h is
    /// constant between neighbours of the front: a sum of widths times expected improvements,
    /// (h - m) Phi(z) + d phi(z) with z = (h - m) / d (Mockus 1975). O(front).
    /// </summary>
    /// <param name="front">By ascending size and descending error rate, as <see cref="ParetoFront.Of"/> gives it.</param>
    /// <param name="reference">The worst point that counts.</param>
    /// <param name="size">The point's size.</param>
    /// <param name="mean">m, the mean of its error rate.</param>
    /// <param name="deviation">d, its standard deviation; not negative, 0 if it is certain.</param>
    /// <returns>In the product of the objectives' units; not negative.</returns>
    public static double Of(IReadOnlyList<Objectives> front, Objectives reference, double size, double mean, double deviation)
    {
        var (sum, left, height) = (0.0, size, reference.ErrorRate);
        foreach (var point in front.TakeWhile(p => p.Size < reference.Size))
        {
            if (point.Size > left)
            {
                sum += (point.Size - left) * Improvement(height, mean, deviation);
                left = point.Size;
            }

            height = Math.Min(height, point.ErrorRate);
        }

        return left < reference.Size ? sum + ((reference.Size - left) * Improvement(height, mean, deviation)) : sum;
    }

    private static double Improvement(double height, double mean, double deviation)
    {
        if (deviation <= 0)
        {
            return Math.Max(0, height - mean);
        }

        var z = (height - mean) / deviation;
        return Math.Max(0, ((height - mean) * Normal.CDF(0, 1, z)) + (deviation * Normal.PDF(0, 1, z)));
    }
}
