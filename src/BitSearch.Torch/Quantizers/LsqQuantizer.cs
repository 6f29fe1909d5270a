using BitSearch.Space;
using BitSearch.Torch.Kernels;
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
    private readonly Parameter _step;
    private readonly LsqRange _range;
    private double[] _sums;
    private long _count;

    /// <param name="point">The tensor.</param>
    /// <param name="width">2 bits or more for weights, 1 or more for activations.</param>
    /// <param name="steps">1, or the number of output channels.</param>
    public LsqQuantizer(QuantizationPoint point, Bitwidth width, int steps)
        : base(point, width)
    {
        var (qn, qp) = point.Kind == PointKind.Weight
            ? (1 << (width.Bits - 1), (1 << (width.Bits - 1)) - 1)
            : (0, (1 << width.Bits) - 1);
        _range = new LsqRange(qn, qp, (float)(1 / Math.Sqrt((double)point.Elements / steps * qp)));
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

    public override Tensor forward(Tensor values) => LsqFunction.Quantize(values, _step, _range);

    public override QuantizedValues Encode(Tensor values)
    {
        using var scope = new TensorScope();
        var codes = values.detach().div(InUse(values.dim())).Clip(-_range.Qn, _range.Qp).round().Plus(_range.Qn).to(int32);
        return new QuantizedValues(scope.Keep(codes), scope.Keep(InUse(1)));
    }

    public override Tensor Decode(Tensor codes, Tensor scales)
    {
        using var scope = new TensorScope();
        return scope.Keep(codes.to(float32).Plus(-_range.Qn).mul(Shaped(scales, codes.dim())).Plus(0));
    }

    public override void Load(Tensor scales)
    {
        using var without = no_grad();
        _step.copy_(scales);
    }

    private Tensor InUse(long dimensions) => Shaped(_step.detach().abs().Clip(LsqRange.SmallestStep, LsqRange.LargestStep), dimensions);

    private static Tensor Shaped(Tensor steps, long dimensions) =>
        steps.reshape([-1, .. Enumerable.Repeat(1L, (int)Math.Max(0, dimensions - 1))]);

    private double Step(double mean) => mean > 0 && double.IsFinite(mean)
        ? Math.Clamp(2 * mean / Math.Sqrt(_range.Qp), LsqRange.SmallestStep, LsqRange.LargestStep)
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
