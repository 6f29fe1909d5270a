using System.Globalization;
using TorchSharp;
using Xunit.Sdk;

namespace BitSearch.Torch.Tests;

/// <summary>Comparison of tensors in tests.</summary>
public static class TensorAssert
{
    /// <summary>
    /// Passes when both shapes are equal and every element obeys |actual - expected| &lt;= atol + rtol * |expected|.
    /// NaN never passes, not even against NaN; an infinity passes only against the same infinity.
    /// </summary>
    /// <exception cref="XunitException">With the largest gap and its index.</exception>
    public static void Close(torch.Tensor expected, torch.Tensor actual, double rtol = 1e-5, double atol = 1e-7)
    {
        using var scope = torch.NewDisposeScope();
        if (!expected.shape.SequenceEqual(actual.shape))
        {
            throw new XunitException($"Shapes differ: expected {Shape(expected.shape)}, actual {Shape(actual.shape)}.");
        }

        var want = Values(expected);
        var got = Values(actual);
        var (failures, worst, worstGap) = (0, -1, -1.0);
        for (var i = 0; i < want.Length; i++)
        {
            var gap = Gap(want[i], got[i]);
            if (double.IsFinite(gap) && gap <= atol + (rtol * Math.Abs(want[i])))
            {
                continue;
            }

            failures++;
            if (gap > worstGap)
            {
                (worst, worstGap) = (i, gap);
            }
        }

        if (failures > 0)
        {
            throw new XunitException(string.Create(CultureInfo.InvariantCulture,
                $"{failures} of {want.Length} values differ (rtol {rtol}, atol {atol}); the largest gap is {worstGap:R} at "
                + $"{Shape(Index(worst, expected.shape))}: expected {want[worst]:R}, actual {got[worst]:R}."));
        }
    }

    private static double Gap(double want, double got) =>
        double.IsNaN(want) || double.IsNaN(got) ? double.PositiveInfinity
        : want.Equals(got) ? 0
        : double.IsInfinity(want) || double.IsInfinity(got) ? double.PositiveInfinity
        : Math.Abs(got - want);

    private static double[] Values(torch.Tensor tensor) =>
        tensor.numel() == 0 ? [] : tensor.detach().cpu().to(torch.float64).contiguous().data<double>().ToArray();

    private static long[] Index(long flat, long[] shape)
    {
        var index = new long[shape.Length];
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            (flat, index[d]) = Math.DivRem(flat, shape[d]);
        }

        return index;
    }

    private static string Shape(long[] shape) => $"[{string.Join(", ", shape)}]";
}
