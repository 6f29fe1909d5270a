using BitSearch.Torch.Kernels;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Kernels;

/// <summary>LSQ composed of tensor operations and differentiated by autograd: the oracle of <see cref="KernelFunction{TKernel}"/>.</summary>
internal static class ComposedLsq
{
    /// <summary>The fake-quantized values, differentiable in values and step.</summary>
    public static Tensor Quantize(Tensor values, Tensor step, LsqRange range)
    {
        using var scope = new TensorScope();
        var shape = new long[values.dim()];
        Array.Fill(shape, 1);
        shape[0] = -1;
        var inUse = step.detach().abs().clamp(ScaleLimits.Smallest, ScaleLimits.Largest).reshape(shape);
        var ratio = values.detach().div(inUse);
        var clipped = ratio.clamp(-range.Qn, range.Qp);
        var rounded = clipped.round();
        var outside = clipped.ne(ratio);
        var coefficient = rounded.sub(clipped.masked_fill(outside, 0));
        var sign = where(step.detach() < 0, tensor(-1f), tensor(1f));
        var surrogate = values.masked_fill(outside, 0).add(coefficient.mul(step.mul(sign.mul(range.GradientScale)).reshape(shape)));
        return scope.Keep(rounded.mul(inUse).add(surrogate.sub(surrogate.detach())));
    }
}
