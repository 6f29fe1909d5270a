using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// PACT (Choi et al. 2018, section 3): y = clip(x, 0, alpha), y_q = round(y n/alpha) alpha/n, n = 2^k - 1, both quotients
/// rounded to float32 before they are used. dx = g where 0 &lt;= x &lt; alpha; dalpha sums g where x >= alpha.
/// </summary>
/// <param name="clipping">The learned clipping value; alpha is its magnitude, clamped to <see cref="ScaleLimits"/>.</param>
/// <param name="bits">k, 1 or more.</param>
internal readonly struct PactKernel(float clipping, int bits) : ILearnedKernel
{
    private readonly float _alpha = ScaleLimits.InUse(clipping);
    private readonly float _toCode = ((1 << bits) - 1) / ScaleLimits.InUse(clipping);
    private readonly float _toValue = ScaleLimits.InUse(clipping) / ((1 << bits) - 1);

    public float Scale => _alpha;

    public float GradientScale { get; } = clipping < 0 ? -1 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> x) => Vector256.Round(Lanes.Clip(x, 0, _alpha) * Vector256.Create(_toCode));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => code * Vector256.Create(_toValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Backward(Vector256<float> x, Vector256<float> g, out Vector256<float> term)
    {
        var alpha = Vector256.Create(_alpha);
        term = g & Vector256.GreaterThanOrEqual(x, alpha);
        return g & Vector256.GreaterThanOrEqual(x, Vector256<float>.Zero) & Vector256.LessThan(x, alpha);
    }
}
