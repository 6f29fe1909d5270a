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

    /// <summary>The mean times a constant, at least 0.</summary>
    public ProbeMean Times(double factor) => new(Value * factor, StandardError * factor);

    /// <summary>As a measured value.</summary>
    public MeasuredValue At(string point, Bitwidth width) => new(point, width, Value, StandardError);
}
