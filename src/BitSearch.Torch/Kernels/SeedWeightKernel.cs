using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// The seed authors' weights above 1 bit: sign(w) round(|w| n)/n with n = 2^(k-1) - 1 and w clipped to -1..1. Rounding half to
/// even is symmetric, so the sign need not be taken out. The gradient passes unchanged.
/// </summary>
/// <param name="bits">k, 2 or more.</param>
internal readonly struct SeedWeightKernel(int bits) : IStraightThroughKernel
{
    private readonly float _n = (1 << (bits - 1)) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> w) => Vector256.Round(Lanes.Clip(w, -1, 1) * Vector256.Create(_n)) + Vector256.Create(_n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => (code - Vector256.Create(_n)) / Vector256.Create(_n);
}
