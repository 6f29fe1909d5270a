using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// alpha sign(w) with sign(0) = +1, and NaN like a negative number (Rastegari et al. 2016: alpha = mean|w| of a filter; Hubara
/// et al. 2016: alpha = 1). The gradient passes unchanged.
/// </summary>
/// <param name="alpha">alpha, not negative.</param>
internal readonly struct SignKernel(float alpha) : IScaledKernel, IStraightThroughKernel
{
    public float Scale => alpha;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> IsPositive(Vector256<float> x) =>
        Vector256.GreaterThanOrEqual(x, Vector256<float>.Zero) & Vector256<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> w) => IsPositive(w);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => (code + code - Vector256<float>.One) * Vector256.Create(alpha);
}
