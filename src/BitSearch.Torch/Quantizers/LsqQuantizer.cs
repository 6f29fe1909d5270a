using BitSearch.Space;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// v_q = round(clip(v/s, -Qn, Qp)) s (Esser et al. 2020, eq. 1 to 5), rounding half to even. Signed for weights
/// (Qn = 2^(b-1), Qp = 2^(b-1) - 1), unsigned for activations (Qn = 0, Qp = 2^b - 1). Gradients: dv = g where
/// -Qn &lt;= v/s &lt;= Qp; ds = sum of g (round(v/s) - v/s inside, -Qn below, Qp above) / sqrt(N Qp), N the elements of one
/// image (or of the weights) that share the step.
/// </summary>
/// <remarks>
/// The step in use is |step| clamped to 1e-12..1e30, so no optimizer step can make it zero or negative; the gradient passes
/// the clamp, with the sign, so the parameter can come back. A NaN or infinite step gives NaN: it comes of a loss that is not
/// finite, which the trainer has to see.
/// </remarks>
internal sealed class LsqQuantizer : Quantizer
{
    private const double SmallestStep = 1e-12;
    private const double LargestStep = 1e30;

    private readonly Parameter _step;
    private readonly int _qn;
    private readonly int _qp;
    private readonly double _gradientScale;
    private double[] _sums;
    private long _count;

    /// <param name="point">The tensor.</param>
    /// <param name="width">2 bits or more for weights, 1 or more for activations.</param>
    /// <param name="steps">1, or the number of output channels.</param>
    public LsqQuantizer(QuantizationPoint point, Bitwidth width, int steps)
        : base(point, width)
    {
        (_qn, _qp) = point.Kind == PointKind.Weight
            ? (1 << (width.Bits - 1), (1 << (width.Bits - 1)) - 1)
            : (0, (1 << width.Bits) - 1);
        _gradientScale = 1 / Math.Sqrt((double)point.Elements / steps * _qp);
        _sums = new double[steps];
        _step = new Parameter(ones(steps).DetachFromDisposeScope());
        register_parameter("step", _step);
    }

    /// <summary>s = 2 mean|v| / sqrt(Qp) over all values seen; 1 where they are all zero.</summary>
    public override void Calibrate(Tensor values)
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        var magnitudes = values.abs().reshape(_sums.Length, -1).sum([1], type: float64).data<double>().ToArray();
        _sums = [.. _sums.Zip(magnitudes, (a, b) => a + b)];
        _count += values.numel() / _sums.Length;
        _step.copy_(tensor([.. _sums.Select(sum => Step(sum / _count))], float32));
    }

    public override Tensor forward(Tensor values)
    {
        using var scope = new TensorScope();
        var step = InUse(values.dim());
        var ratio = values.detach().div(step);
        var clipped = ratio.clamp(-_qn, _qp);
        var rounded = clipped.round();
        return scope.Keep(StraightThrough(rounded.mul(step), () => Surrogate(values, ratio, clipped, rounded)));
    }

    public override QuantizedValues Encode(Tensor values)
    {
        using var scope = new TensorScope();
        var codes = values.detach().div(InUse(values.dim())).clamp(-_qn, _qp).round().add(_qn).to(int32);
        return new QuantizedValues(scope.Keep(codes), scope.Keep(InUse(1)));
    }

    public override Tensor Decode(Tensor codes, Tensor scales)
    {
        using var scope = new TensorScope();
        return scope.Keep(codes.to(float32).sub(_qn).mul(Shaped(scales, codes.dim())).add(0));
    }

    public override void Load(Tensor scales)
    {
        using var without = no_grad();
        _step.copy_(scales);
    }

    // Linear in v and s with LSQ's gradients as its coefficients, all finite: v/s may overflow outside the range.
    private Tensor Surrogate(Tensor values, Tensor ratio, Tensor clipped, Tensor rounded)
    {
        var inside = clipped.eq(ratio).to(float32);
        var coefficient = rounded.sub(clipped.mul(inside));
        var sign = where(_step.detach() < 0, tensor(-1f), tensor(1f));
        var step = Shaped(_step.mul(sign.mul(_gradientScale)), values.dim());
        return values.mul(inside).add(coefficient.mul(step));
    }

    private Tensor InUse(long dimensions) => Shaped(_step.detach().abs().clamp(SmallestStep, LargestStep), dimensions);

    private static Tensor Shaped(Tensor steps, long dimensions) =>
        steps.reshape([-1, .. Enumerable.Repeat(1L, (int)Math.Max(0, dimensions - 1))]);

    private double Step(double mean) => mean > 0 && double.IsFinite(mean)
        ? Math.Clamp(2 * mean / Math.Sqrt(_qp), SmallestStep, LargestStep)
        : 1;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _step.Dispose();
        }

        base.Dispose(disposing);
    }
}
