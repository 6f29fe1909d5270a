namespace BitSearch.Search;

/// <summary>
/// The prior correlation of two schedules' error rates: half of it the mean over groups of a Matern 5/2 correlation of the
/// group's log2 widths (an additive kernel, Duvenaud et al. 2011: layers harm each by itself), half a Matern 5/2 correlation
/// of everything together (root mean square of the log2 widths' differences, mean bits, slope along depth).
/// </summary>
internal sealed class ScheduleKernel
{
    private readonly double _lengthscale;
    private readonly double[,] _single = new double[33, 33];
    private readonly double[,] _squared = new double[33, 33];

    /// <summary>Creates the kernel.</summary>
    /// <param name="lengthscale">In doublings of the width; positive.</param>
    public ScheduleKernel(double lengthscale)
    {
        _lengthscale = lengthscale;
        for (var a = 1; a <= 32; a++)
        {
            for (var b = 1; b <= 32; b++)
            {
                var difference = Math.Abs(Math.Log2((double)a / b));
                (_single[a, b], _squared[a, b]) = (Matern(difference / lengthscale), difference * difference);
            }
        }
    }

    /// <summary>The correlation, 1 for equal schedules.</summary>
    public double Of(ScheduleFeatures a, ScheduleFeatures b)
    {
        var (single, squared, groups) = (0.0, 0.0, Math.Max(1, a.Bits.Length));
        for (var i = 0; i < a.Bits.Length; i++)
        {
            single += _single[a.Bits[i], b.Bits[i]];
            squared += _squared[a.Bits[i], b.Bits[i]];
        }

        var (mean, slope) = (a.MeanBits - b.MeanBits, a.DepthSlope - b.DepthSlope);
        var together = Matern(Math.Sqrt((squared / groups) + (mean * mean) + (slope * slope)) / _lengthscale);
        return 0.5 * ((a.Bits.Length == 0 ? 1 : single / groups) + together);
    }

    /// <summary>(1 + s + s^2 / 3) e^-s with s = sqrt(5) r (Rasmussen and Williams 2006, section 4.2).</summary>
    internal static double Matern(double r)
    {
        var s = Math.Sqrt(5) * r;
        return (1 + s + (s * s / 3)) * Math.Exp(-s);
    }
}
