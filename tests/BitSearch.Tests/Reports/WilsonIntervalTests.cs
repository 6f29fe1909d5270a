using BitSearch.Reports;

namespace BitSearch.Tests.Reports;

public sealed class WilsonIntervalTests
{
    [Theory]
    [InlineData(0, 10, 0.0, 0.277533)] // z^2 / (n + z^2)
    [InlineData(10, 10, 0.722467, 1.0)]
    [InlineData(5, 10, 0.236593, 0.763407)]
    [InlineData(15, 148, 0.062386, 0.160533)] // Newcombe 1998, table I
    public void Known_values(int hits, int count, double low, double high)
    {
        var interval = WilsonInterval.Of(hits, count);

        Assert.Equal(low, interval.Low, 1e-4);
        Assert.Equal(high, interval.High, 1e-4);
    }
}
