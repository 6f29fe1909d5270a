using BitSearch.Trials;
using MathNet.Numerics.Statistics;

namespace BitSearch.Statistics;

/// <summary>How far two scores order the same things alike, with a bootstrap interval.</summary>
/// <param name="Pairs">How many things have both scores.</param>
/// <param name="Tau">Kendall's tau-b, -1 to 1; NaN where it is not defined (fewer than two, or one score is constant).</param>
/// <param name="Low">The lower end of the 95 % interval; NaN with it.</param>
/// <param name="High">The upper end.</param>
public sealed record KendallTau(int Pairs, double Tau, double Low, double High)
{
    private const int Resamples = 400;

    /// <summary>Measures, and resamples the pairs 400 times (percentile bootstrap, Efron 1979).</summary>
    /// <param name="pairs">Both scores of each thing.</param>
    /// <param name="seed">Decides the resamples.</param>
    public static KendallTau Of(IReadOnlyList<(double X, double Y)> pairs, Seed seed)
    {
        var tau = B(pairs);
        if (double.IsNaN(tau))
        {
            return new KendallTau(pairs.Count, tau, tau, tau);
        }

        var random = seed.Stream("kendall", pairs.Count);
        var draws = new List<double>(Resamples);
        for (var i = 0; i < Resamples; i++)
        {
            var drawn = B([.. Enumerable.Range(0, pairs.Count).Select(_ => pairs[random.Next(pairs.Count)])]);
            if (!double.IsNaN(drawn))
            {
                draws.Add(drawn);
            }
        }

        return draws.Count == 0
            ? new KendallTau(pairs.Count, tau, -1, 1)
            : new KendallTau(pairs.Count, tau, draws.Quantile(0.025), draws.Quantile(0.975));
    }

    /// <summary>
    /// tau-b = (C - D) / sqrt((P - Tx)(P - Ty)) with C concordant and D discordant of P pairs, Tx and Ty tied in x and in y
    /// (Kendall 1945). O(n^2). NaN where the denominator is 0.
    /// </summary>
    public static double B(IReadOnlyList<(double X, double Y)> pairs)
    {
        var (balance, untiedX, untiedY) = (0L, 0L, 0L);
        for (var i = 0; i < pairs.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (x, y) = (pairs[i].X.CompareTo(pairs[j].X), pairs[i].Y.CompareTo(pairs[j].Y));
                balance += x * y;
                untiedX += x * x;
                untiedY += y * y;
            }
        }

        return untiedX == 0 || untiedY == 0 ? double.NaN : balance / Math.Sqrt((double)untiedX * untiedY);
    }
}
