using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// PACT (Choi et al. 2018): activations clipped at a learned value alpha, one a tensor, and rounded to 2^k - 1 equal steps;
/// weights as in DoReFa-Net.
/// </summary>
[Component("pact")]
public sealed class PactFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public override int MaximumWeightBits => 8;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 8;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => new(
        ScaleGranularity.PerTensor, ScaleGranularity.None, ScaleGranularity.PerTensor, ScaleGranularity.PerTensor);

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) =>
        point.Kind == PointKind.Weight ? DoReFaFamily.Weights(point, width) : new PactActivations(point, width);
}

/// <summary>
/// y = clip(x, 0, alpha), y_q = round(y n/alpha) alpha/n, n = 2^k - 1. alpha starts at 8 and decays like a weight: without
/// that it would grow to the largest activation.
/// </summary>
internal sealed class PactActivations(QuantizationPoint point, Bitwidth width)
    : LearnedQuantizer<PactKernel>(point, width, "alpha", initial: 8, parts: 1)
{
    public override bool DecaysParameters => true;

    protected override PactKernel Kernel(float scale) => new(scale, Width.Bits);
}
