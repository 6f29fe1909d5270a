using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// LSQ (Esser et al. 2020, section 2) over memory, one pass forward and one backward. Rounds half to even and divides by
/// the step, as the composed tensor operations do, so both give the same bits. <see cref="Vector256"/> falls back to scalar
/// code by itself where the processor lacks AVX2.
/// </summary>
/// <param name="step">s, above 0.</param>
/// <param name="qn">Steps below zero, not negative.</param>
/// <param name="qp">Steps above zero, above 0.</param>
internal readonly struct LsqKernel(float step, float qn, float qp)
{
    // Gradients of the step are summed in float over so many vectors, then in double.
    private const int Block = 256;

    /// <summary>v_q = round(clip(v/s, -Qn, Qp)) s; NaN stays NaN, -0 becomes 0.</summary>
    /// <param name="values">v.</param>
    /// <param name="quantized">Receives v_q; as long as <paramref name="values"/>.</param>
    public void Forward(ReadOnlySpan<float> values, Span<float> quantized)
    {
        var (s, low, high) = (Vector256.Create(step), Vector256.Create(-qn), Vector256.Create(qp));
        var from = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var to = MemoryMarshal.Cast<float, Vector256<float>>(quantized)[..from.Length];
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = (Vector256.Round(Clip(from[i] / s, low, high)) * s) + Vector256<float>.Zero;
        }

        for (var i = from.Length * Vector256<float>.Count; i < values.Length; i++)
        {
            quantized[i] = (MathF.Round(Clip(values[i] / step)) * step) + 0f;
        }
    }

    /// <summary>
    /// dv = g where -Qn &lt;= v/s &lt;= Qp, else 0; and the sum of g times round(v/s) - v/s inside, -Qn below, Qp above.
    /// </summary>
    /// <param name="values">v.</param>
    /// <param name="gradient">g, as long as <paramref name="values"/>.</param>
    /// <param name="valueGradient">Receives dv.</param>
    /// <returns>The step's gradient before its scaling by 1/sqrt(N Qp).</returns>
    public double Backward(ReadOnlySpan<float> values, ReadOnlySpan<float> gradient, Span<float> valueGradient)
    {
        var v = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var g = MemoryMarshal.Cast<float, Vector256<float>>(gradient)[..v.Length];
        var d = MemoryMarshal.Cast<float, Vector256<float>>(valueGradient)[..v.Length];
        var sum = 0.0;
        for (var start = 0; start < v.Length; start += Block)
        {
            var length = Math.Min(Block, v.Length - start);
            sum += BackwardBlock(v.Slice(start, length), g.Slice(start, length), d.Slice(start, length));
        }

        for (var i = v.Length * Vector256<float>.Count; i < values.Length; i++)
        {
            var ratio = values[i] / step;
            var clipped = Clip(ratio);
            var inside = clipped == ratio;
            valueGradient[i] = inside ? gradient[i] : 0f;
            sum += gradient[i] * (MathF.Round(clipped) - (inside ? clipped : 0f));
        }

        return sum;
    }

    private double BackwardBlock(
        ReadOnlySpan<Vector256<float>> values, ReadOnlySpan<Vector256<float>> gradient, Span<Vector256<float>> valueGradient)
    {
        var (s, low, high) = (Vector256.Create(step), Vector256.Create(-qn), Vector256.Create(qp));
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < values.Length; i++)
        {
            var ratio = values[i] / s;
            var clipped = Clip(ratio, low, high);
            var inside = Vector256.Equals(clipped, ratio);
            valueGradient[i] = gradient[i] & inside;
            sum += gradient[i] * (Vector256.Round(clipped) - (clipped & inside));
        }

        return Vector256.Sum(Vector256.WidenLower(sum) + Vector256.WidenUpper(sum));
    }

    // Comparisons with NaN are false, so NaN passes both.
    private static Vector256<float> Clip(Vector256<float> ratio, Vector256<float> low, Vector256<float> high)
    {
        var above = Vector256.ConditionalSelect(Vector256.LessThan(ratio, low), low, ratio);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(above, high), high, above);
    }

    private float Clip(float ratio) => ratio < -qn ? -qn : ratio > qp ? qp : ratio;
}
