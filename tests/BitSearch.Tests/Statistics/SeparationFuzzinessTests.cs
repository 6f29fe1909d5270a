using BitSearch.Statistics;
using BitSearch.Trials;
using MathNet.Numerics.LinearAlgebra;

namespace BitSearch.Tests.Statistics;

public sealed class SeparationFuzzinessTests
{
    // Means 1 and 11 round 6: S_b = 25; each class varies by 1: S_w = 1.
    [Fact]
    public void Two_classes_on_a_line_are_as_by_hand() =>
        Assert.Equal(1.0 / 25, SeparationFuzziness.Of(new double[,] { { 0 }, { 2 }, { 10 }, { 12 } }, [0, 0, 1, 1]), 1e-12);

    // The classes differ along the first side alone, so pinv(S_b) leaves the second out, however much it varies: S_w = 1, S_b = 4.
    [Fact]
    public void What_no_class_differs_in_does_not_count() => Assert.Equal(
        0.25, SeparationFuzziness.Of(new double[,] { { -1, 9 }, { 1, -9 }, { 3, 5 }, { 5, -5 } }, [0, 0, 1, 1]), 1e-12);

    [Theory]
    [InlineData(40, 3, 5)]
    [InlineData(40, 12, 5)]
    [InlineData(30, 80, 4)]
    [InlineData(20, 6, 6)]
    public void Random_features_are_as_by_the_pseudoinverse(int n, int d, int classes)
    {
        var random = new SeededRandom(1);
        var features = new double[n, d];
        for (var i = 0; i < features.Length; i++)
        {
            features[i / d, i % d] = random.NextDouble() + ((i / d % classes) * (i % d) * 0.1);
        }

        int[] labels = [.. Enumerable.Range(0, n).Select(i => i % classes)];
        var expected = Brute(features, labels);

        Assert.Equal(expected, SeparationFuzziness.Of(features, labels), 1e-6 * expected);
    }

    [Fact]
    public void Scale_shift_and_the_order_of_images_change_nothing()
    {
        var random = new SeededRandom(2);
        var (features, other) = (new double[12, 2], new double[12, 2]);
        for (var i = 0; i < 24; i++)
        {
            features[i / 2, i % 2] = random.NextDouble() + (i / 2 % 3);
            other[11 - (i / 2), i % 2] = (1000 * features[i / 2, i % 2]) - 50;
        }

        var expected = SeparationFuzziness.Of(features, [.. Enumerable.Range(0, 12).Select(i => i % 3)]);

        Assert.Equal(expected, SeparationFuzziness.Of(other, [.. Enumerable.Range(0, 12).Select(i => (11 - i) % 3)]), 1e-9 * expected);
    }

    [Fact]
    public void Equal_means_separate_nothing() => Assert.Equal(double.PositiveInfinity, SeparationFuzziness.Of(new double[,] { { -1, 3 }, { 1, 3 }, { -2, 3 }, { 2, 3 } }, [0, 0, 1, 1]));

    [Fact]
    public void Points_are_separated_fully() => Assert.Equal(0, SeparationFuzziness.Of(new double[,] { { 1, 2 }, { 1, 2 }, { 3, 5 } }, [4, 4, 7]));

    [Fact]
    public void Rows_and_classes_must_match() => Assert.Throws<ArgumentException>(() => SeparationFuzziness.Of(new double[2, 2], [0]));

    // Both covariances and the pseudoinverse, as the formula says.
    private static double Brute(double[,] features, int[] labels)
    {
        var x = Matrix<double>.Build.DenseOfArray(features);
        var (n, mean) = (x.RowCount, x.ColumnSums() / x.RowCount);
        var (within, between) = (Matrix<double>.Build.Dense(x.ColumnCount, x.ColumnCount), Matrix<double>.Build.Dense(x.ColumnCount, x.ColumnCount));
        foreach (var rows in Enumerable.Range(0, n).GroupBy(i => labels[i]))
        {
            var centre = rows.Select(x.Row).Aggregate((a, b) => a + b) / rows.Count();
            between += (double)rows.Count() / n * (centre - mean).OuterProduct(centre - mean);
            within = rows.Aggregate(within, (sum, i) => sum + ((x.Row(i) - centre).OuterProduct(x.Row(i) - centre) / n));
        }

        // The pseudoinverse, rounding cut off.
        var svd = between.Svd();
        var inverse = svd.S.Map(s => s > 1e-12 * svd.S[0] ? 1 / s : 0);
        return (within * svd.VT.Transpose() * Matrix<double>.Build.DenseOfDiagonalVector(inverse) * svd.U.Transpose()).Trace();
    }
}
