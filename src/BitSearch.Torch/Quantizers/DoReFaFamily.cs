using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// DoReFa-Net (Zhou et al. 2016): weights 2 q(tanh w / (2 max|tanh w|) + 1/2) - 1 with q(x) = round((2^k - 1) x)/(2^k - 1), at
/// 1 bit E|w| sign(w) with one scale a tensor; activations q(clip(x, 0, 1)). Nothing is learned.
/// </summary>
[Component("dorefa")]
public sealed class DoReFaFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public override int MaximumWeightBits => 8;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 8;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => ScaleRule.None with { OneBitWeight = ScaleGranularity.PerTensor };

    /// <summary>The quantizer of weights.</summary>
    internal static Quantizer Weights(QuantizationPoint point, Bitwidth width) =>
        width.Bits == 1 ? new ScaledSignQuantizer(point, 1) : new DoReFaWeights(point, width);

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) => point.Kind == PointKind.Weight
        ? Weights(point, width)
        : new FixedQuantizer<DoReFaActivationKernel>(point, width, new DoReFaActivationKernel(width.Bits));
}

/// <summary>2 q(t/(2M) + 1/2) - 1 with t = tanh w and M = max|t| over the tensor.</summary>
internal sealed class DoReFaWeights(QuantizationPoint point, Bitwidth width) : KernelQuantizer<DoReFaWeightKernel>(point, width)
{
    protected override DoReFaWeightKernel[] Kernels(ReadOnlySpan<float> values) => [DoReFaWeightKernel.Fit(values, Width.Bits)];

    // Values follow from the codes whatever the largest weight is.
    protected override DoReFaWeightKernel[] Decoders(float[] scales) => [new(1, Width.Bits)];
}
