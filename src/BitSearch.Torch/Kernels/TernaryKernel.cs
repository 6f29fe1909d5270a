using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// Ternary weights (Li and Liu 2016): alpha sign(w) where |w| > delta, else 0, with delta = 0.7 mean|w| and alpha the mean of
/// |w| over |w| > delta. Codes 0, 1, 2 are -alpha, 0, alpha. The gradient passes unchanged.
/// </summary>
/// <param name="delta">The threshold.</param>
/// <param name="alpha">The scale, not negative.</param>
internal readonly struct TernaryKernel(float delta, float alpha) : IScaledKernel, IStraightThroughKernel
{
    public float Scale => alpha;

    /// <summary>The kernel of a tensor or filter: 0 for zeros, NaN where a weight is not finite.</summary>
    public static TernaryKernel Fit(ReadOnlySpan<float> weights)
    {
        var mean = Magnitudes.Sum(weights) / weights.Length;
        var delta = (float)(0.7 * mean);
        var (sum, count) = Magnitudes.Above(weights, delta);
        return new TernaryKernel(delta, (float)(count > 0 ? sum / count : 0 * mean));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> w)
    {
        var above = Vector256.GreaterThan(w, Vector256.Create(delta)) & Vector256<float>.One;
        var below = Vector256.LessThan(w, Vector256.Create(-delta)) & Vector256<float>.One;
        return Vector256<float>.One + above - below;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => (code - Vector256<float>.One) * Vector256.Create(alpha);
}
