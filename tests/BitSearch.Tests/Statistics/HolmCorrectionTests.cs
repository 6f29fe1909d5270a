using BitSearch.Statistics;

namespace BitSearch.Tests;

public sealed class HolmCorrectionTests
{
    // What R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") gives.
    [Fact]
    public void A_known_case() => Assert.Equal([0.03, 0.06, 0.06, 0.02], HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 12)));

    [Fact]
    public void One_test_is_left_alone_and_nothing_exceeds_one()
    {
        Assert.Equal([0.04], HolmCorrection.Adjust([0.04]));
        Assert.Equal([1, 1, 1], HolmCorrection.Adjust([0.5, 0.6, 0.9]));
        Assert.Empty(HolmCorrection.Adjust([]));
    }

    [Fact]
    public void Order_is_kept_and_equal_values_stay_equal()
    {
        var random = new BitSearch.Trials.SeededRandom(1);
        for (var i = 0; i < 100; i++)
        {
            double[] p = [.. Enumerable.Range(0, 8).Select(_ => random.Next(20) / 40.0)];
            var adjusted = HolmCorrection.Adjust(p);
            Assert.All(p.Zip(adjusted), pair => Assert.True(pair.Second >= pair.First));
            for (var a = 0; a < p.Length; a++)
            {
                for (var b = 0; b < p.Length; b++)
                {
                    Assert.True(p[a] > p[b] || adjusted[a] <= adjusted[b]);
                }
            }
        }
    }
}
