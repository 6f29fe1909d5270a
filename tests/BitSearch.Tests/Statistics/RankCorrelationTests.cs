using BitSearch.Statistics;
using BitSearch.Trials;
using MathNet.Numerics.Distributions;

namespace BitSearch.Tests.Statistics;

public sealed class RankCorrelationTests
{
    private static readonly double[] Depth = [.. Enumerable.Range(0, 12).Select(i => (double)i)];

    [Fact]
    public void What_rises_together_has_1_whatever_the_curve_and_what_falls_has_minus_1()
    {
        Assert.Equal((1, 0.0001), Rounded(RankCorrelation.Of(Depth, [.. Depth.Select(d => Math.Exp(d))], new Seed(1))));
        Assert.Equal((-1, 0.0001), Rounded(RankCorrelation.Of(Depth, [.. Depth.Select(d => -d * d)], new Seed(1))));
    }

    // Gibbons and Chakraborti style example with ties, by hand: ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4.
    [Fact]
    public void Ties_have_the_mean_of_their_ranks() =>
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), RankCorrelation.Of([1, 2, 2, 3], [1, 3, 2, 4], new Seed(1)).Rho, 1e-12);

    [Fact]
    public void What_never_changes_has_no_correlation() => Assert.Equal((double.NaN, 1.0), Rounded(RankCorrelation.Of(Depth, new double[12], new Seed(1))));

    [Fact]
    public void Unrelated_quantities_seldom_look_related()
    {
        var alarms = Enumerable.Range(0, 200).Count(i =>
        {
            var random = new SeededRandom((ulong)i);
            return RankCorrelation.Of(Depth, [.. Depth.Select(_ => random.NextDouble())], new Seed((ulong)i)).PValue <= 0.05;
        });

        Assert.InRange(alarms, 2, 20);
    }

    [Fact]
    public void A_relation_by_a_third_quantity_alone_is_gone_when_that_is_held_fixed()
    {
        var random = new SeededRandom(3);
        var size = Enumerable.Range(0, 60).Select(_ => random.NextDouble()).ToArray();
        double[] Noisy() => [.. size.Select(s => s + Normal.Sample(random, 0, 0.15))];
        var (x, y) = (Noisy(), Noisy());

        Assert.True(RankCorrelation.Of(x, y, new Seed(1)) is { Rho: > 0.5, PValue: < 0.001 });
        Assert.True(RankCorrelation.Partial(x, y, size, new Seed(1)) is { PValue: > 0.05 });
    }

    // Of three quantities the partial coefficient follows from the three plain ones (Conover 1999).
    [Fact]
    public void The_partial_coefficient_is_that_of_the_text_book()
    {
        double[] x = [1, 2, 3, 4, 5, 6, 7], y = [2, 1, 4, 3, 7, 5, 6], z = [3, 1, 2, 5, 4, 7, 6];
        double R(double[] a, double[] b) => RankCorrelation.Of(a, b, new Seed(1)).Rho;

        Assert.Equal((R(x, y) - (R(x, z) * R(y, z))) / Math.Sqrt((1 - (R(x, z) * R(x, z))) * (1 - (R(y, z) * R(y, z)))), RankCorrelation.Partial(x, y, z, new Seed(1)).Rho, 1e-12);
    }

    [Fact]
    public void Other_numbers_of_values_are_refused() => Assert.Throws<ArgumentException>(() => RankCorrelation.Of([1, 2], [1], new Seed(1)));

    private static (double, double) Rounded(RankCorrelation found) => (Math.Round(found.Rho, 9), Math.Round(found.PValue, 4));
}
