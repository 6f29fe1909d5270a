using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// ReLU and the fake quantization of its result, for a value that a residual block needs both ways: one pass over memory
/// forward and one backward, instead of two and three (one of them to add the gradients).
/// </summary>
internal sealed class ForkFunction<TKernel> : MultiTensorFunction<ForkFunction<TKernel>>
    where TKernel : struct, IQuantizerKernel
{
    private const string KernelKey = "kernel";

    /// <inheritdoc/>
    public override string Name => $"Fork{typeof(TKernel).Name}";

    /// <summary>Both results.</summary>
    /// <param name="values">float32.</param>
    /// <param name="dense">The values detached and without gaps in memory, whose layout the results take over.</param>
    /// <param name="kernel">Clips at zero (<see cref="Quantizer.ClipsBelowZero"/>).</param>
    /// <param name="learned">float32 [1], from which the kernel was made; null: none is learned.</param>
    public static (Tensor Rectified, Tensor Quantized) Of(Tensor values, Tensor dense, TKernel kernel, Tensor? learned)
    {
        using var scope = new TensorScope();
        var recorded = is_grad_enabled() && (values.requires_grad || learned is { requires_grad: true });
        var both = recorded ? apply(values, learned!, dense, kernel) : Forward(dense, kernel);
        return scope.Keep(both[0], both[1]);
    }

    /// <inheritdoc/>
    public override List<Tensor> forward(AutogradContext ctx, params object[] vars)
    {
        var (dense, kernel) = ((Tensor)vars[2], (TKernel)vars[3]);
        ctx.set_materialize_grads(false);
        ctx.save_for_backward([dense]);
        ctx.save_data(KernelKey, kernel);
        return Forward(dense, kernel);
    }

    // Nothing in here may throw: an exception in backward ends the process. Shapes were met in forward.
    /// <inheritdoc/>
    public override List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs)
    {
        using var scope = new TensorScope();
        var kernel = (TKernel)ctx.get_data(KernelKey);
        var dense = ctx.get_saved_variables()[0].detach();
        var (rectified, quantized) = (InOrder(grad_outputs[0], dense), InOrder(grad_outputs[1], dense));
        var result = empty_like(dense);
        var sum = KernelLoop.ForkBackward(
            kernel, TensorMemory.Of<float>(dense), TensorMemory.Of<float>(rectified), TensorMemory.Of<float>(quantized), TensorMemory.Of<float>(result));
        return [scope.Keep(result), kernel is ILearnedKernel learned ? scope.Keep(tensor([(float)(sum * learned.GradientScale)])) : null!, null!, null!];
    }

    // A result that nobody used has no gradient; TorchSharp's own way of making zeros of it ends the process.
    private static Tensor InOrder(Tensor? gradient, Tensor dense) =>
        gradient is null || gradient.IsInvalid ? zeros_like(dense) : TensorMemory.InOrderOf(gradient.detach(), dense);

    private static List<Tensor> Forward(Tensor dense, TKernel kernel)
    {
        var (rectified, quantized) = (empty_like(dense), empty_like(dense));
        KernelLoop.Fork(kernel, TensorMemory.Of<float>(dense), TensorMemory.Of<float>(rectified), TensorMemory.Of<float>(quantized));
        return [rectified, quantized];
    }
}
