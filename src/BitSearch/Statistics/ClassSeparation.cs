using MathNet.Numerics.LinearAlgebra;

namespace BitSearch.Statistics;

/// <summary>Measures of how well features separate classes, beside <see cref="SeparationFuzziness"/>.</summary>
public static class ClassSeparation
{
    /// <summary>
    /// Fisher's ratio Tr(S_b) / Tr(S_w): variance between classes over variance within (Fisher 1936, Fukunaga 1990, section 10.2),
    /// the larger the better separated; infinite where classes are points. O(n d).
    /// </summary>
    /// <param name="features">[n, d], an image a row.</param>
    /// <param name="classes">The class of each row.</param>
    /// <exception cref="ArgumentException">Not one class for each row, or no row.</exception>
    public static double FisherRatio(double[,] features, IReadOnlyList<int> classes)
    {
        var (x, groups) = Grouped(features, classes);
        var mean = x.ColumnSums() / x.RowCount;
        var (within, between) = (0.0, 0.0);
        foreach (var rows in groups)
        {
            var own = rows.Aggregate(Vector<double>.Build.Dense(x.ColumnCount), (sum, i) => sum + x.Row(i)) / rows.Length;
            between += rows.Length * (own - mean).DotProduct(own - mean);
            within += rows.Sum(i => (x.Row(i) - own).DotProduct(x.Row(i) - own));
        }

        return between / within;
    }

    /// <summary>
    /// The generalized discrimination value (Schilling, Maier, Gerum, Metzner and Krauss 2021, section 2): each dimension is
    /// brought to mean 0 and standard deviation 1/2; then the mean distance within a class less the mean distance between
    /// two classes, over the root of the number of dimensions. 0: not separated at all. The least value of k classes of one size
    /// is -sqrt(k / (2 (k - 1))), that of equidistant points: -1 for two classes, -0.745 for ten. Scale and dimension play no
    /// part; dimensions that never vary are left out. O(n^2 d).
    /// </summary>
    /// <param name="features">[n, d], an image a row.</param>
    /// <param name="classes">The class of each row; classes of one row have no distance within and count as 0 there.</param>
    /// <returns>NaN where there are fewer than two classes or nothing varies.</returns>
    /// <exception cref="ArgumentException">Not one class for each row, or no row.</exception>
    public static double DiscriminationValue(double[,] features, IReadOnlyList<int> classes)
    {
        var (x, groups) = Grouped(features, classes);
        var rows = Standardised(x);
        if (groups.Count < 2 || rows[0].Length == 0)
        {
            return double.NaN;
        }

        var (within, between) = (0.0, 0.0);
        for (var a = 0; a < groups.Count; a++)
        {
            within += Distance(rows, groups[a], groups[a]) / groups.Count;
            for (var b = a + 1; b < groups.Count; b++)
            {
                between += Distance(rows, groups[a], groups[b]) * 2 / (groups.Count * (groups.Count - 1.0));
            }
        }

        return (within - between) / Math.Sqrt(rows[0].Length);
    }

    private static (Matrix<double> X, List<int[]> Groups) Grouped(double[,] features, IReadOnlyList<int> classes)
    {
        var x = Matrix<double>.Build.DenseOfArray(features);
        return x.RowCount == 0 || x.ColumnCount == 0 || classes.Count != x.RowCount
            ? throw new ArgumentException($"{x.RowCount} rows of {x.ColumnCount} features have {classes.Count} classes", nameof(classes))
            : (x, Enumerable.Range(0, x.RowCount).GroupBy(i => classes[i]).OrderBy(g => g.Key).Select(g => g.ToArray()).ToList());
    }

    private static double[][] Standardised(Matrix<double> x)
    {
        var columns = x.EnumerateColumns().Select(column =>
        {
            var mean = column.Average();
            var deviation = Math.Sqrt(column.Sum(v => (v - mean) * (v - mean)) / column.Count);
            return deviation > 0 ? (column - mean) / (2 * deviation) : null;
        }).OfType<Vector<double>>().ToList();
        return [.. Enumerable.Range(0, x.RowCount).Select(i => columns.Select(c => c[i]).ToArray())];
    }

    // The mean over pairs of different rows.
    private static double Distance(double[][] rows, int[] some, int[] others)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var i in some)
        {
            foreach (var j in others)
            {
                if (i != j)
                {
                    sum += MathNet.Numerics.Distance.Euclidean(rows[i], rows[j]);
                    count++;
                }
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
