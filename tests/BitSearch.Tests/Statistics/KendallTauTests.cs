using BitSearch.Statistics;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class KendallTauTests
{
    [Fact]
    public void Same_order_is_one_and_opposite_order_minus_one()
    {
        (double, double)[] same = [(1, 10), (2, 20), (3, 30), (4, 35)];
        Assert.Equal(1, KendallTau.B(same));
        Assert.Equal(-1, KendallTau.B([.. same.Select(p => (p.Item1, -p.Item2))]));
    }

    [Fact]
    public void Ties_are_counted_as_Kendall_did()
    {
        // x: 1 1 2 3, y: 1 2 2 3. Concordant 4, discordant 0; one pair tied in x, one in y: 4 / sqrt(5 * 5).
        Assert.Equal(0.8, KendallTau.B([(1, 1), (1, 2), (2, 2), (3, 3)]), 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Where_an_order_is_missing_there_is_no_coefficient(int count)
    {
        var tau = KendallTau.Of([.. Enumerable.Range(0, count).Select(i => ((double)i, 7.0))], new Seed(1));
        Assert.Equal((count, double.NaN, double.NaN, double.NaN), (tau.Pairs, tau.Tau, tau.Low, tau.High));
    }

    [Fact]
    public void The_interval_holds_the_coefficient_and_narrows_with_more_pairs()
    {
        var few = KendallTau.Of(Noisy(10), new Seed(1));
        var many = KendallTau.Of(Noisy(80), new Seed(1));
        Assert.All(new[] { few, many }, t => Assert.True(t.Low <= t.Tau && t.Tau <= t.High));
        Assert.True(many.High - many.Low < few.High - few.Low);
        Assert.Equal(many, KendallTau.Of(Noisy(80), new Seed(1)));
    }

    // Independent scores: about 95 of 100 intervals hold 0. The bound is 4 standard deviations away.
    [Fact]
    public void Intervals_of_independent_scores_hold_zero_about_as_often_as_they_say()
    {
        var held = Enumerable.Range(0, 200).Count(i =>
        {
            var random = new Seed((ulong)i).Stream("pairs");
            var tau = KendallTau.Of([.. Enumerable.Range(0, 30).Select(_ => (random.NextDouble(), random.NextDouble()))], new Seed((ulong)i));
            return tau.Low <= 0 && tau.High >= 0;
        });
        Assert.InRange(held, 177, 200);
    }

    private static (double, double)[] Noisy(int count)
    {
        var random = new Seed(3).Stream("noise");
        return [.. Enumerable.Range(0, count).Select(i => (i + (count * random.NextDouble()), (double)i))];
    }
}
