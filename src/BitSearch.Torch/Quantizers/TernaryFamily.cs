using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// Ternary weight networks (Li and Liu 2016): -alpha, 0 or alpha, one alpha a tensor or an output channel. Weights at 2 bits,
/// whose last code stays unused; everything else at full precision.
/// </summary>
[Component("ternary")]
public sealed class TernaryFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public override int MinimumWeightBits => 2;

    /// <inheritdoc/>
    public override int MaximumWeightBits => 2;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 0;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) =>
        ScaleRule.None with { Weight = perChannel ? ScaleGranularity.PerChannel : ScaleGranularity.PerTensor };

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) =>
        new TernaryWeights(point, width, perChannel ? point.Channels : 1);
}

/// <summary>alpha sign(w) where |w| > delta, else 0; delta and alpha follow the weights.</summary>
internal sealed class TernaryWeights(QuantizationPoint point, Bitwidth width, int parts) : FittedQuantizer<TernaryKernel>(point, width, parts)
{
    protected override TernaryKernel Fit(ReadOnlySpan<float> part) => TernaryKernel.Fit(part);

    // Without its threshold: good for decoding.
    protected override TernaryKernel Kernel(float scale) => new(0, scale);
}
