using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// The half-wave Gaussian quantizer (Cai et al. 2017, eq. 6 and 7): 0 where x &lt;= 0, else the nearest of s, 2s, .. n s,
/// n = 2^k - 1; of two equally near the lower. So the smallest positive x becomes s. dx = g where 0 &lt; x &lt;= n s (eq. 14,
/// the clipped ReLU's).
/// </summary>
/// <param name="step">s, above 0.</param>
/// <param name="bits">k, 1 or more.</param>
internal readonly struct HwgqActivationKernel(float step, int bits) : IQuantizerKernel
{
    private readonly float _n = (1 << bits) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> x)
    {
        var nearest = Vector256.Ceiling((x / Vector256.Create(step)) - Vector256.Create(0.5f));
        return Vector256.AndNot(Lanes.Clip(nearest, 1, _n), Vector256.LessThanOrEqual(x, Vector256<float>.Zero));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => code * Vector256.Create(step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Backward(Vector256<float> x, Vector256<float> g, out Vector256<float> term)
    {
        term = Vector256<float>.Zero;
        return g & Vector256.GreaterThan(x, Vector256<float>.Zero) & Vector256.LessThanOrEqual(x, Vector256.Create(_n * step));
    }
}
