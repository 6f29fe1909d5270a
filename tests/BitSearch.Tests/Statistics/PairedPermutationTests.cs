using BitSearch.Statistics;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class PairedPermutationTests
{
    [Fact]
    public void Three_differences_by_hand()
    {
        // Sums of +-1 +-2 +-4 that are at least 5 from 0: 7, 5 and their opposites, 4 of 8.
        Assert.Equal(0.5, PairedPermutation.PValue([-1, 2, 4], new Seed(1)));
        Assert.Equal(0.25, PairedPermutation.PValue([1, 2, 4], new Seed(1)));
    }

    // Darwin's maize, 15 pairs; Fisher (1935, The Design of Experiments, section 21) counted 863 sums of 32,768 at least as large
    // on each side: p = 1,726 / 32,768.
    [Fact]
    public void Fishers_own_example() => Assert.Equal(
        1726.0 / 32768, PairedPermutation.PValue([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], new Seed(1)));

    [Fact]
    public void Equals_the_enumeration_of_all_signs()
    {
        var random = new SeededRandom(3);
        for (var n = 1; n <= 12; n++)
        {
            // Tenths, so that many sums are equal but for rounding.
            double[] differences = [.. Enumerable.Range(0, n).Select(_ => random.Next(-5, 9) / 10.0)];
            var observed = Math.Abs(differences.Sum(d => (int)Math.Round(d * 10)));
            var beyond = Enumerable.Range(0, 1 << n).Count(signs =>
                Math.Abs(differences.Select((d, i) => (int)Math.Round(d * 10) * ((signs >> i & 1) == 0 ? 1 : -1)).Sum()) >= observed);
            Assert.Equal((double)beyond / (1 << n), PairedPermutation.PValue(differences, new Seed(1)));
        }
    }

    [Fact]
    public void Beyond_twenty_differences_signs_are_drawn()
    {
        var random = new SeededRandom(5);
        double[] few = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble() - 0.4)];
        var exact = PairedPermutation.PValue(few, new Seed(1));
        double[] many = [.. few, 1e-9];
        var drawn = PairedPermutation.PValue(many, new Seed(1));
        Assert.InRange(drawn, exact - (4 * Math.Sqrt(exact / 99_999)), exact + (4 * Math.Sqrt(exact / 99_999)));
        Assert.Equal(drawn, PairedPermutation.PValue(many, new Seed(1)));
        Assert.Equal(1e-5, PairedPermutation.PValue([.. Enumerable.Repeat(1.0, 40)], new Seed(1)));
    }

    [Fact]
    public void No_difference_is_no_evidence()
    {
        Assert.Equal(1, PairedPermutation.PValue([], new Seed(1)));
        Assert.Equal(1, PairedPermutation.PValue([0, 0, 0], new Seed(1)));
        Assert.Equal(1, PairedPermutation.PValue([0, 2], new Seed(1)));
        Assert.Throws<ArgumentException>(() => PairedPermutation.PValue([1, double.NaN], new Seed(1)));
    }
}
