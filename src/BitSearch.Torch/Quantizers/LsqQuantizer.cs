using BitSearch.Space;
using BitSearch.Torch.Kernels;
using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// v_q = round(clip(v/s, -Qn, Qp)) s (Esser et al. 2020, eq. 1 to 5), rounding half to even. Signed for weights
/// (Qn = 2^(b-1), Qp = 2^(b-1) - 1), unsigned for activations (Qn = 0, Qp = 2^b - 1). Gradients: dv = g where
/// -Qn &lt;= v/s &lt;= Qp; ds = sum of g (round(v/s) - v/s inside, -Qn below, Qp above) / sqrt(N Qp), N the elements of one
/// image (or of the weights) that share the step.
/// </summary>
internal sealed class LsqQuantizer : LearnedQuantizer<LsqKernel>
{
    private double[] _sums;
    private long _count;

    /// <param name="point">The tensor.</param>
    /// <param name="width">2 bits or more for weights, 1 or more for activations.</param>
    /// <param name="steps">1, or the number of output channels.</param>
    public LsqQuantizer(QuantizationPoint point, Bitwidth width, int steps)
        : base(point, width, "step", 1, steps)
    {
        var (qn, qp) = point.Kind == PointKind.Weight
            ? (1 << (width.Bits - 1), (1 << (width.Bits - 1)) - 1)
            : (0, (1 << width.Bits) - 1);
        Range = new LsqRange(qn, qp, (float)(1 / Math.Sqrt((double)point.Elements / steps * qp)));
        _sums = new double[steps];
    }

    /// <summary>Its codes and the gradient scale.</summary>
    internal LsqRange Range { get; }

    internal override bool ClipsBelowZero => Point.Kind == PointKind.Activation;

    /// <summary>s = 2 mean|v| / sqrt(Qp) over all values seen; 1 where they are all zero.</summary>
    public override void Calibrate(Tensor values)
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        var magnitudes = values.abs().reshape(_sums.Length, -1).sum([1], type: float64).data<double>().ToArray();
        _sums = [.. _sums.Zip(magnitudes, (a, b) => a + b)];
        _count += values.numel() / _sums.Length;
        Learned.copy_(tensor([.. _sums.Select(sum => Step(sum / _count))], float32));
    }

    protected override LsqKernel Kernel(float scale) => new(scale, Range);

    private double Step(double mean) => mean > 0 && double.IsFinite(mean)
        ? Math.Clamp(2 * mean / Math.Sqrt(Range.Qp), ScaleLimits.Smallest, ScaleLimits.Largest)
        : 1;
}
