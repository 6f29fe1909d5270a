using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// DoReFa's activations (Zhou et al. 2016, section 2.5): round(clip(x, 0, 1) n)/n, n = 2^k - 1, half to even. dx = g where
/// 0 &lt;= x &lt;= 1.
/// </summary>
/// <param name="bits">k, 1 or more.</param>
internal readonly struct DoReFaActivationKernel(int bits) : IQuantizerKernel
{
    private readonly float _n = (1 << bits) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> x) => Vector256.Round(Lanes.Clip(x, 0, 1) * Vector256.Create(_n));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => code / Vector256.Create(_n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Backward(Vector256<float> x, Vector256<float> g, out Vector256<float> term)
    {
        term = Vector256<float>.Zero;
        return g & Vector256.GreaterThanOrEqual(x, Vector256<float>.Zero) & Vector256.LessThanOrEqual(x, Vector256<float>.One);
    }
}
