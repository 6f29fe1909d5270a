using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// DoReFa's weights (Zhou et al. 2016, section 2.3) after the tanh: with t = tanh w and M = max|t|,
/// 2 round(n (t/(2M) + 1/2))/n - 1, n = 2^k - 1, half to even. The gradient is that of w, so it goes through the tanh, too:
/// dw = g (1 - t^2)/M. M counts as a constant in it.
/// </summary>
/// <param name="largest">M, above 0.</param>
/// <param name="bits">k, 2 or more.</param>
internal readonly struct DoReFaWeightKernel(float largest, int bits) : IQuantizerKernel
{
    private readonly float _m = largest;
    private readonly float _n = (1 << bits) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> t) =>
        Vector256.Round(((t / Vector256.Create(2 * _m)) + Vector256.Create(0.5f)) * Vector256.Create(_n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) =>
        (Vector256.Create(2f) * (code / Vector256.Create(_n))) - Vector256<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Backward(Vector256<float> t, Vector256<float> g, out Vector256<float> term)
    {
        term = Vector256<float>.Zero;
        return g * (Vector256<float>.One - (t * t)) / Vector256.Create(_m);
    }
}
