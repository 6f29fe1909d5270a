using MathNet.Numerics.Distributions;

namespace BitSearch.Statistics;

/// <summary>
/// Two networks on the same images (McNemar 1947; for classifiers Dietterich 1998): if they were equally good, an image that one
/// alone gets right would be the one's or the other's with the same probability.
/// </summary>
/// <param name="Both">Images that both get right.</param>
/// <param name="FirstAlone">That the first alone gets right.</param>
/// <param name="SecondAlone">That the second alone gets right.</param>
/// <param name="Neither">That neither gets right.</param>
public sealed record McNemarTest(int Both, int FirstAlone, int SecondAlone, int Neither)
{
    /// <summary>Exact and two-sided, by the binomial distribution; above 0 up to 1, and 1 where they differ on no image.</summary>
    public double PValue => Differing == 0 ? 1 : Math.Min(1, 2 * Tail);

    /// <summary>The mid-p value (Fagerland, Lydersen and Laake 2013), less conservative: half of the observed outcome counts.</summary>
    public double MidP => Differing == 0 ? 1 : Math.Min(1, (2 * Tail) - Binomial.PMF(0.5, Differing, Math.Min(FirstAlone, SecondAlone)));

    private int Differing => FirstAlone + SecondAlone;

    private double Tail => Binomial.CDF(0.5, Differing, Math.Min(FirstAlone, SecondAlone));

    /// <summary>Counts.</summary>
    /// <param name="first">Whether the first network is right, image by image.</param>
    /// <param name="second">The second, on the same images in the same order.</param>
    /// <exception cref="ArgumentException">There are not as many.</exception>
    public static McNemarTest Of(IReadOnlyList<bool> first, IReadOnlyList<bool> second)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} images and {second.Count} are not the same", nameof(second));
        }

        int Count(bool one, bool other) => Enumerable.Range(0, first.Count).Count(i => first[i] == one && second[i] == other);
        return new McNemarTest(Count(true, true), Count(true, false), Count(false, true), Count(false, false));
    }
}
