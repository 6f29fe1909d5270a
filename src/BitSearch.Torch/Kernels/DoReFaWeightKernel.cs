using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// DoReFa's weights (Zhou et al. 2016, section 2.3): with t = tanh w and M = max|t|, 2 round(n (t/(2M) + 1/2))/n - 1,
/// n = 2^k - 1, half to even. dw = g (1 - t^2)/M: M counts as a constant in the gradient.
/// </summary>
/// <param name="largest">M, above 0.</param>
/// <param name="bits">k, 2 or more.</param>
internal readonly struct DoReFaWeightKernel(float largest, int bits) : IQuantizerKernel
{
    private readonly float _m = largest;
    private readonly float _slope = 1 / largest;
    private readonly float _n = (1 << bits) - 1;

    /// <summary>The kernel of a tensor. M is 1 where all weights are nearer to zero than <see cref="ScaleLimits.Smallest"/>.</summary>
    public static DoReFaWeightKernel Fit(ReadOnlySpan<float> weights, int bits)
    {
        var largest = Tanh.Of(Vector256.Create(Magnitudes.Largest(weights)))[0];
        return new DoReFaWeightKernel(largest < ScaleLimits.Smallest ? 1 : largest, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> w) =>
        Vector256.Round(((Tanh.Of(w) / Vector256.Create(2 * _m)) + Vector256.Create(0.5f)) * Vector256.Create(_n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) =>
        (Vector256.Create(2f) * (code / Vector256.Create(_n))) - Vector256<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Backward(Vector256<float> w, Vector256<float> g, out Vector256<float> term)
    {
        var t = Tanh.Of(w);
        term = Vector256<float>.Zero;
        return g * (Vector256<float>.One - (t * t)) * Vector256.Create(_slope);
    }
}
