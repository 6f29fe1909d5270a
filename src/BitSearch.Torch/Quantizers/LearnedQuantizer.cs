using BitSearch.Space;
using BitSearch.Torch.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// A quantizer that learns its scales. The scale in use is the parameter's magnitude clamped to 1e-12..1e30, so no optimizer
/// step can make it zero or negative; the gradient passes the clamp, with the sign, so the parameter can come back. A NaN or
/// infinite parameter comes of a loss that is not finite, which the trainer has to see; NaN gives NaN.
/// </summary>
internal abstract class LearnedQuantizer<TKernel> : ScaledQuantizer<TKernel>
    where TKernel : struct, ILearnedKernel
{
    /// <param name="point">The tensor.</param>
    /// <param name="width">The width.</param>
    /// <param name="name">The parameter's name in the state.</param>
    /// <param name="initial">What the scales are before they are calibrated.</param>
    /// <param name="parts">1, or the number of output channels.</param>
    protected LearnedQuantizer(QuantizationPoint point, Bitwidth width, string name, double initial, int parts)
        : base(point, width)
    {
        Learned = new Parameter(full(parts, initial, float32).DetachFromDisposeScope());
        register_parameter(name, Learned);
    }

    protected sealed override Parameter Learned { get; }

    public sealed override void Load(Tensor scales)
    {
        using var without = no_grad();
        Learned.copy_(scales);
    }

    protected sealed override TKernel[] Kernels(ReadOnlySpan<float> values) =>
        Array.ConvertAll(TensorMemory.Of<float>(Learned).ToArray(), Kernel);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Learned.Dispose();
        }

        base.Dispose(disposing);
    }
}
