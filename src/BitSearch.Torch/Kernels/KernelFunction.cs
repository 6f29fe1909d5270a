using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace BitSearch.Torch.Kernels;

/// <summary>Fake quantization by a kernel, with gradients for values and learned scales.</summary>
internal sealed class KernelFunction<TKernel> : SingleTensorFunction<KernelFunction<TKernel>>
    where TKernel : struct, IQuantizerKernel
{
    private const string KernelsKey = "kernels";

    /// <inheritdoc/>
    public override string Name => typeof(TKernel).Name;

    /// <summary>The fake-quantized values.</summary>
    /// <param name="values">float32.</param>
    /// <param name="dense">The values detached and without gaps in memory, whose layout the result takes over.</param>
    /// <param name="kernels">One for each of the equal parts along the first side.</param>
    /// <param name="learned">float32, one number a kernel, from which the kernels were made; null: none is learned.</param>
    public static Tensor Quantize(Tensor values, Tensor dense, TKernel[] kernels, Tensor? learned)
    {
        using var scope = new TensorScope();
        var recorded = is_grad_enabled() && (values.requires_grad || learned is { requires_grad: true });
        return scope.Keep(recorded ? apply(values, learned!, dense, kernels) : Forward(dense, kernels));
    }

    /// <inheritdoc/>
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (dense, kernels) = ((Tensor)vars[2], (TKernel[])vars[3]);
        if (!TKernel.PassesGradient)
        {
            ctx.save_for_backward([dense]);
            ctx.save_data(KernelsKey, kernels);
        }

        return Forward(dense, kernels);
    }

    // Nothing in here may throw: an exception in backward ends the process. Shapes were met in forward.
    /// <inheritdoc/>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        using var scope = new TensorScope();
        if (TKernel.PassesGradient)
        {
            return [scope.Keep(grad_output.alias()), null!, null!, null!];
        }

        var kernels = (TKernel[])ctx.get_data(KernelsKey);
        var dense = ctx.get_saved_variables()[0].detach();
        var gradient = TensorMemory.InOrderOf(grad_output.detach(), dense);
        var result = empty_like(dense);
        var sums = Backward(kernels, TensorMemory.Of<float>(dense), TensorMemory.Of<float>(gradient), TensorMemory.Of<float>(result));
        return [scope.Keep(result), default(TKernel) is ILearnedKernel ? scope.Keep(tensor(sums)) : null!, null!, null!];
    }

    private static float[] Backward(TKernel[] kernels, ReadOnlySpan<float> values, ReadOnlySpan<float> gradient, Span<float> valueGradient)
    {
        var sums = new float[kernels.Length];
        var share = values.Length / kernels.Length;
        for (var i = 0; i < kernels.Length; i++)
        {
            var part = new Range(i * share, (i + 1) * share);
            var sum = KernelLoop.Backward(kernels[i], values[part], gradient[part], valueGradient[part]);
            sums[i] = kernels[i] is ILearnedKernel learned ? (float)(sum * learned.GradientScale) : 0;
        }

        return sums;
    }

    private static Tensor Forward(Tensor dense, TKernel[] kernels)
    {
        var result = empty_like(dense);
        KernelLoop.Quantize(kernels, TensorMemory.Of<float>(dense), TensorMemory.Of<float>(result));
        return result;
    }
}
