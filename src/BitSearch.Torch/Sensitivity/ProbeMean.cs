using BitSearch.Search;
using BitSearch.Space;
using MathNet.Numerics.Statistics;

namespace BitSearch.Torch.Sensitivity;

/// <summary>A mean over independent draws.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Its standard error: s / sqrt(n), s with n - 1; null for one draw.</param>
internal readonly record struct ProbeMean(double Value, double? StandardError)
{
    /// <summary>The mean of at least one draw.</summary>
    public static ProbeMean Of(double[] draws) => new(
        draws.Mean(), draws.Length > 1 ? draws.StandardDeviation() / Math.Sqrt(draws.Length) : null);

    /// <summary>As a point's own value, and times its noise at each width below full precision.</summary>
    /// <param name="point">The point.</param>
    /// <param name="noise">Of a width; at least 0.</param>
    public IEnumerable<MeasuredValue> TimesNoise(QuantizationPoint point, Func<Bitwidth, double> noise)
    {
        var (value, error) = (Value, StandardError);
        return point.Widths.Where(w => !w.IsFull).Select(w => new MeasuredValue(point.Name, w, value * noise(w), error * noise(w)))
            .Append(new MeasuredValue(point.Name, Bitwidth.Full, value, error));
    }
}
