using BitSearch.Space;

namespace BitSearch.Search;

/// <summary>What a surrogate sees of a schedule.</summary>
/// <param name="Bits">The width of each group of tied points that has a choice, 1 to 32.</param>
/// <param name="MeanBits">log2 of the groups' average width, weighted by size.</param>
/// <param name="DepthSlope">The change of log2 width from the first group to the last, by least squares over their order.</param>
internal sealed record ScheduleFeatures(int[] Bits, double MeanBits, double DepthSlope)
{
    /// <summary>The features of a schedule of the space.</summary>
    public static ScheduleFeatures Of(ScheduleCoding coding, Schedule schedule)
    {
        int[] bits = [.. coding.Groups.Select(g => schedule[g.First].Bits)];
        var (elements, total) = (0.0, 0.0);
        foreach (var (group, width) in coding.Groups.Zip(bits))
        {
            (elements, total) = (elements + group.Size, total + ((double)group.Size * width));
        }

        return new ScheduleFeatures(bits, elements > 0 ? Math.Log2(total / elements) : 0, Slope(bits));
    }

    // The regressor runs from -1/2 to 1/2 with mean 0.
    private static double Slope(int[] bits)
    {
        var (covariance, variance) = (0.0, 0.0);
        for (var i = 0; i < bits.Length; i++)
        {
            var place = bits.Length > 1 ? ((double)i / (bits.Length - 1)) - 0.5 : 0;
            (covariance, variance) = (covariance + (place * Math.Log2(bits[i])), variance + (place * place));
        }

        return variance > 0 ? covariance / variance : 0;
    }
}
