using BitSearch.Statistics;
using BitSearch.Trials;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace BitSearch.Tests;

public sealed class BootstrapIntervalTests
{
    // 400 intervals from 10 normal values each: 95 % hold the mean, give or take 4 standard deviations of 1.1 %.
    [Fact]
    public void Intervals_of_ten_values_hold_the_mean_about_as_often_as_they_say()
    {
        var held = Enumerable.Range(0, 400).Count(i =>
        {
            var random = new Seed((ulong)i).Stream("values");
            var interval = BootstrapInterval.OfMean([.. Enumerable.Range(0, 10).Select(_ => Normal.Sample(random, 3, 2))], new Seed((ulong)i));
            return interval.Low <= 3 && interval.High >= 3;
        });
        Assert.InRange(held / 400.0, 0.905, 0.99);
    }

    [Fact]
    public void Is_as_wide_as_Students_interval_for_the_mean()
    {
        var random = new Seed(1).Stream("values");
        double[] values = [.. Enumerable.Range(0, 30).Select(_ => Normal.Sample(random, 0, 1))];
        var interval = BootstrapInterval.OfMean(values, new Seed(1));
        var half = StudentT.InvCDF(0, 1, 29, 0.975) * values.StandardDeviation() / Math.Sqrt(30);
        Assert.Equal(values.Mean(), interval.Estimate, 12);
        Assert.InRange(interval.High - interval.Low, 2 * half * 0.93, 2 * half * 1.07);
    }

    [Fact]
    public void Any_statistic_will_do_and_the_seed_decides()
    {
        double[] values = [1, 2, 3, 4, 100];
        var median = BootstrapInterval.Of(values, sample => sample.Median(), new Seed(1));
        Assert.Equal(3, median.Estimate);
        Assert.All(new[] { median.Low, median.High }, end => Assert.Contains(end, values));
        Assert.Equal(BootstrapInterval.OfMean(values, new Seed(2)), BootstrapInterval.OfMean(values, new Seed(2)));
        Assert.NotEqual(BootstrapInterval.OfMean(values, new Seed(2)), BootstrapInterval.OfMean(values, new Seed(3)));
    }

    [Fact]
    public void Equal_values_have_no_width_and_one_value_no_interval()
    {
        Assert.Equal(new BootstrapInterval(7, 7, 7), BootstrapInterval.OfMean([7, 7, 7], new Seed(1)));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfMean([7], new Seed(1)));
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfMean([7, double.NaN], new Seed(1)));
    }
}
