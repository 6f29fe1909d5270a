using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace BitSearch.Statistics;

/// <summary>
/// How badly features separate classes: D = Tr(S_w pinv(S_b)), S_w and S_b the covariances within and between classes
/// (He and Su 2023, "A law of data separation in deep learning"). Scaling all features by one number changes nothing.
/// </summary>
public static class SeparationFuzziness
{
    // Singular values below this share of the largest are rounding: one of them always is, since class means have a mean.
    private const double Negligible = 1e-9;

    /// <summary>D, 0 or more, the smaller the better separated; infinite where all class means are the same. O(n d k).</summary>
    /// <param name="features">[n, d], an image a row.</param>
    /// <param name="classes">The class of each row, from 0; classes without a row are left out.</param>
    /// <exception cref="ArgumentException">Not one class for each row, or no row.</exception>
    public static double Of(double[,] features, IReadOnlyList<int> classes)
    {
        var (n, d) = (features.GetLength(0), features.GetLength(1));
        if (n == 0 || d == 0 || classes.Count != n)
        {
            throw new ArgumentException($"{n} rows of {d} features have {classes.Count} classes", nameof(classes));
        }

        var x = Matrix<double>.Build.DenseOfArray(features);
        var groups = Enumerable.Range(0, n).GroupBy(i => classes[i]).OrderBy(g => g.Key).Select(g => g.ToArray()).ToList();
        var (sides, sizes) = Between(x, groups);
        if (sizes.Length == 0 || sizes[0] <= Negligible * x.FrobeniusNorm() / Math.Sqrt(n))
        {
            return double.PositiveInfinity;
        }

        // pinv(S_b) = U diag(1/s^2) U', so D is the variance within classes along each side of U, over s^2.
        var along = x * sides;
        return Enumerable.Range(0, sizes.Length).Where(j => sizes[j] > Negligible * sizes[0])
            .Sum(j => groups.Sum(rows => Scatter(along, rows, j)) / n / (sizes[j] * sizes[j]));
    }

    // S_b = M M' with a column sqrt(n_k/n) (mean_k - mean) for each class k: M's left singular vectors and singular values.
    private static (Matrix<double> Sides, double[] Sizes) Between(Matrix<double> x, List<int[]> groups)
    {
        var mean = x.ColumnSums() / x.RowCount;
        var columns = groups.Select(rows =>
            ((rows.Aggregate(Vector<double>.Build.Dense(x.ColumnCount), (sum, i) => sum + x.Row(i)) / rows.Length) - mean) * Math.Sqrt((double)rows.Length / x.RowCount));
        var m = Matrix<double>.Build.DenseOfColumnVectors(columns);
        var tall = m.RowCount > m.ColumnCount ? m.QR(QRMethod.Thin) : null; // Spares a d x d matrix.
        var svd = (tall?.R ?? m).Svd();
        var sides = svd.U.SubMatrix(0, svd.U.RowCount, 0, svd.S.Count);
        return (tall is null ? sides : tall.Q * sides, svd.S.ToArray());
    }

    // The sum of squares of a class along a side, round its mean.
    private static double Scatter(Matrix<double> along, int[] rows, int side)
    {
        var centre = rows.Average(i => along[i, side]);
        return rows.Sum(i => (along[i, side] - centre) * (along[i, side] - centre));
    }
}
