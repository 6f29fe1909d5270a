using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// The seed authors' activations above 1 bit: ceil(clip(x, 0, 1) n)/n, n = 2^k - 1. dx = g where 0 &lt; x &lt;= 1 (ReLU, then
/// Hardtanh's mask).
/// </summary>
/// <param name="bits">k.</param>
internal readonly struct SeedActivationKernel(int bits) : IQuantizerKernel
{
    private readonly float _n = (1 << bits) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> x) => Vector256.Ceiling(Lanes.Clip(x, 0, 1) * Vector256.Create(_n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => code / Vector256.Create(_n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Backward(Vector256<float> x, Vector256<float> g, out Vector256<float> term)
    {
        term = Vector256<float>.Zero;
        return g & Vector256.GreaterThan(x, Vector256<float>.Zero) & Vector256.LessThanOrEqual(x, Vector256<float>.One);
    }
}
