using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// LSQ (Esser et al. 2020, section 2): v_q = round(clip(v/s, -Qn, Qp)) s, half to even. The code is the number of the step
/// from below. dv = g where -Qn &lt;= v/s &lt;= Qp, else 0; ds sums g times round(v/s) - v/s inside, -Qn below, Qp above.
/// NaN stays NaN and gets no gradient.
/// </summary>
/// <param name="step">The learned step; s is its magnitude, clamped to <see cref="ScaleLimits"/>, whose gradient has its sign.</param>
/// <param name="range">The range.</param>
internal readonly struct LsqKernel(float step, LsqRange range) : ILearnedKernel
{
    private readonly float _s = ScaleLimits.InUse(step);
    private readonly float _qn = range.Qn;
    private readonly float _qp = range.Qp;

    public float Scale => _s;

    public float GradientScale { get; } = step < 0 ? -range.GradientScale : range.GradientScale;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> v) =>
        Vector256.Round(Lanes.Clip(v / Vector256.Create(_s), -_qn, _qp)) + Vector256.Create(_qn);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => (code - Vector256.Create(_qn)) * Vector256.Create(_s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Backward(Vector256<float> v, Vector256<float> g, out Vector256<float> term)
    {
        var ratio = v / Vector256.Create(_s);
        var clipped = Lanes.Clip(ratio, -_qn, _qp);
        var inside = Vector256.Equals(clipped, ratio);
        term = g * (Vector256.Round(clipped) - (clipped & inside));
        return g & inside;
    }
}
