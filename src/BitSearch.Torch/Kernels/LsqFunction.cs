using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace BitSearch.Torch.Kernels;

/// <summary>LSQ's range and the step's gradient scale.</summary>
/// <param name="Qn">Steps below zero.</param>
/// <param name="Qp">Steps above zero.</param>
/// <param name="GradientScale">1/sqrt(N Qp), N the elements that share a step.</param>
internal sealed record LsqRange(int Qn, int Qp, float GradientScale)
{
    /// <summary>The smallest step in use.</summary>
    public const float SmallestStep = 1e-12f;

    /// <summary>The largest step in use.</summary>
    public const float LargestStep = 1e30f;

    /// <summary>|step| clamped to the range of usable steps; NaN stays NaN.</summary>
    public static float InUse(float step) => Math.Clamp(Math.Abs(step), SmallestStep, LargestStep);
}

/// <summary>LSQ by <see cref="LsqKernel"/>, with gradients for values and step.</summary>
internal sealed class LsqFunction : SingleTensorFunction<LsqFunction>
{
    private const string RangeKey = "range";

    /// <inheritdoc/>
    public override string Name => nameof(LsqFunction);

    /// <summary>The fake-quantized values.</summary>
    /// <param name="values">float32, any dense layout, which the result takes over.</param>
    /// <param name="step">float32 [1], or [channels] for one step along the first side (contiguous values then).</param>
    /// <param name="range">The range.</param>
    public static Tensor Quantize(Tensor values, Tensor step, LsqRange range)
    {
        using var scope = new TensorScope();
        var recorded = is_grad_enabled() && (values.requires_grad || step.requires_grad);
        return scope.Keep(recorded ? apply(values, step, range) : Forward(values, step, range));
    }

    /// <inheritdoc/>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (values, step, range) = ((Tensor)vars[0], (Tensor)vars[1], (LsqRange)vars[2]);
        ctx.save_for_backward([values, step]);
        ctx.save_data(RangeKey, range);
        return Forward(values, step, range);
    }

    // Nothing in here may throw: an exception in backward ends the process. Shapes were met in forward.
    /// <inheritdoc/>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        using var scope = new TensorScope();
        var saved = ctx.get_saved_variables();
        var (values, step, range) = (saved[0], saved[1], (LsqRange)ctx.get_data(RangeKey));
        var dense = TensorMemory.Dense(values.detach());
        var gradient = TensorMemory.InOrderOf(grad_output.detach(), dense);
        var result = empty_like(dense);
        var v = TensorMemory.Of(dense);
        var g = TensorMemory.Of(gradient);
        var d = TensorMemory.Of(result);
        var steps = TensorMemory.Of(step);
        var stepGradient = new float[steps.Length];
        var share = v.Length / steps.Length;
        for (var i = 0; i < steps.Length; i++)
        {
            var part = new Range(i * share, (i + 1) * share);
            var sum = Kernel(steps[i], range).Backward(v[part], g[part], d[part]);
            stepGradient[i] = (float)(sum * range.GradientScale * (steps[i] < 0 ? -1 : 1));
        }

        return [scope.Keep(result), scope.Keep(tensor(stepGradient)), null!];
    }

    private static Tensor Forward(Tensor values, Tensor step, LsqRange range)
    {
        var dense = TensorMemory.Dense(values.detach());
        var result = empty_like(dense);
        var v = TensorMemory.Of(dense);
        var q = TensorMemory.Of(result);
        var steps = TensorMemory.Of(step);
        var share = v.Length / steps.Length;
        for (var i = 0; i < steps.Length; i++)
        {
            var part = new Range(i * share, (i + 1) * share);
            Kernel(steps[i], range).Forward(v[part], q[part]);
        }

        return result;
    }

    private static LsqKernel Kernel(float step, LsqRange range) => new(LsqRange.InUse(step), range.Qn, range.Qp);
}
