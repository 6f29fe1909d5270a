using BitSearch.Trials;
using MathNet.Numerics.LinearRegression;
using MathNet.Numerics.Statistics;

namespace BitSearch.Statistics;

/// <summary>Spearman's rank correlation of two quantities, with a permutation test of no relation.</summary>
/// <param name="Rho">-1 to 1; NaN where one of the quantities is the same everywhere.</param>
/// <param name="PValue">Two-sided; above 0 up to 1, and 1 where <paramref name="Rho"/> is NaN.</param>
/// <param name="Count">How many pairs.</param>
public sealed record RankCorrelation(double Rho, double PValue, int Count)
{
    private const int Draws = 9_999;
    private const double Rounding = 1e-12;

    /// <summary>
    /// Spearman's rho (mid-ranks for ties). The p-value is the share of 9,999 random pairings, and the one observed, whose rho is
    /// as far from 0 (Phipson and Smyth 2010).
    /// </summary>
    /// <param name="x">All finite or infinite, none NaN.</param>
    /// <param name="y">As many.</param>
    /// <param name="seed">Decides the pairings.</param>
    /// <exception cref="ArgumentException">There are not as many.</exception>
    public static RankCorrelation Of(IReadOnlyList<double> x, IReadOnlyList<double> y, Seed seed) => Test(Ranks(x), Ranks(y), seed);

    /// <summary>
    /// The same with a third quantity held fixed: the correlation of what its ranks leave of the ranks of both (partial rank
    /// correlation, Conover 1999, section 5.4, by regression of ranks on ranks). The p-value pairs these remainders at random
    /// (as Kennedy 1995), which is approximate.
    /// </summary>
    /// <param name="x">None NaN.</param>
    /// <param name="y">As many.</param>
    /// <param name="fixed">What is held fixed; as many.</param>
    /// <param name="seed">Decides the pairings.</param>
    /// <exception cref="ArgumentException">There are not as many.</exception>
    public static RankCorrelation Partial(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> @fixed, Seed seed)
    {
        var z = Ranks(@fixed);
        return Test(Remainder(Ranks(x), z), Remainder(Ranks(y), z), seed);
    }

    private static RankCorrelation Test(double[] x, double[] y, Seed seed)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"{x.Length} and {y.Length} values make no pairs", nameof(y));
        }

        if (IsLevel(x) || IsLevel(y))
        {
            return new RankCorrelation(double.NaN, 1, x.Length);
        }

        var (rho, random, shuffled, beyond) = (Correlation.Pearson(x, y), seed.Stream("rank correlation", x.Length), y.ToArray(), 1);
        for (var i = 0; i < Draws; i++)
        {
            random.Shuffle(shuffled);
            beyond += Math.Abs(Correlation.Pearson(x, shuffled)) >= Math.Abs(rho) - Rounding ? 1 : 0;
        }

        return new RankCorrelation(Math.Clamp(rho, -1, 1), beyond / (Draws + 1.0), x.Length);
    }

    private static double[] Ranks(IReadOnlyList<double> values) => values.Ranks();

    private static double[] Remainder(double[] values, double[] by)
    {
        if (IsLevel(by))
        {
            return values;
        }

        var (intercept, slope) = SimpleRegression.Fit(by, values);
        return [.. values.Select((v, i) => v - intercept - (slope * by[i]))];
    }

    private static bool IsLevel(double[] values) => values.Length < 2 || values.Max() - values.Min() <= 1e-9 * values.Length;
}
