using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// The uniform quantizer without zero (mid-rise): (floor(w/s) + 1/2) s, floor(w/s) clipped to -2^(k-1)..2^(k-1) - 1. The
/// gradient passes unchanged.
/// </summary>
/// <param name="step">s, inside <see cref="ScaleLimits"/>.</param>
/// <param name="bits">k.</param>
internal readonly struct HwgqWeightKernel(float step, int bits) : IScaledKernel, IStraightThroughKernel
{
    private readonly float _half = 1 << (bits - 1);

    public float Scale => step;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> w) =>
        Lanes.Clip(Vector256.Floor(w / Vector256.Create(step)), -_half, _half - 1) + Vector256.Create(_half);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => (code - Vector256.Create(_half - 0.5f)) * Vector256.Create(step);
}
