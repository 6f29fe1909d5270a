using BitSearch.Trials;

namespace BitSearch.Statistics;

/// <summary>
/// The paired permutation test (Fisher 1935): if the two of each pair were exchangeable, each difference could as well have
/// the other sign. Two-sided, on the sum of the differences.
/// </summary>
public static class PairedPermutation
{
    /// <summary>The largest number of differences other than 0 for which all signs are tried.</summary>
    public const int MostExact = 20;

    private const int Draws = 99_999;
    private const double Rounding = 1e-12; // Relative: sums that are equal but for rounding count as equal.

    /// <summary>
    /// The share of sign patterns whose sum is at least as far from 0: of all of them up to <see cref="MostExact"/> differences,
    /// beyond that of 99,999 drawn ones and the one observed (Phipson and Smyth 2010).
    /// </summary>
    /// <param name="differences">Of each pair; those that are 0 play no part.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <returns>Above 0 up to 1; 1 where there is no difference at all.</returns>
    /// <exception cref="ArgumentException">A difference is not finite.</exception>
    public static double PValue(IReadOnlyList<double> differences, Seed seed)
    {
        if (differences.Any(d => !double.IsFinite(d)))
        {
            throw new ArgumentException("differences are finite", nameof(differences));
        }

        var unequal = differences.Where(d => d != 0).ToArray();
        var observed = Math.Abs(unequal.Sum()) - (Rounding * unequal.Sum(Math.Abs));
        return unequal.Length switch
        {
            0 => 1,
            <= MostExact => (double)Beyond(unequal, 1, unequal[0], observed) / (1 << (unequal.Length - 1)),
            _ => Drawn(unequal, observed, seed.Stream("permutation", unequal.Length)),
        };
    }

    // The first sign is left alone: the opposite of every pattern is as far from 0.
    private static int Beyond(double[] differences, int place, double sum, double observed) => place == differences.Length
        ? (Math.Abs(sum) >= observed ? 1 : 0)
        : Beyond(differences, place + 1, sum + differences[place], observed) + Beyond(differences, place + 1, sum - differences[place], observed);

    private static double Drawn(double[] differences, double observed, Random random)
    {
        var beyond = 1;
        for (var i = 0; i < Draws; i++)
        {
            beyond += Math.Abs(differences.Sum(d => random.Next(2) == 0 ? d : -d)) >= observed ? 1 : 0;
        }

        return beyond / (Draws + 1.0);
    }
}
