using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// Binary weights with a scale (Rastegari et al. 2016, BWN): alpha sign(w), alpha the mean of |w| over an output channel,
/// sign(0) = +1. Weights at 1 bit; everything else at full precision.
/// </summary>
[Component("scaled-sign")]
public sealed class ScaledSignFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public override int MaximumWeightBits => 1;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 0;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => ScaleRule.None with { OneBitWeight = ScaleGranularity.PerChannel };

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) =>
        new ScaledSignQuantizer(point, point.Channels);
}

/// <summary>
/// alpha sign(w), alpha the mean of |w| over a part. The gradient reaches the weights unchanged (Zhou et al. 2016); alpha
/// follows the weights.
/// </summary>
/// <param name="point">The weights.</param>
/// <param name="parts">1, or the number of output channels.</param>
internal sealed class ScaledSignQuantizer(QuantizationPoint point, int parts) : FittedQuantizer<SignKernel>(point, new Bitwidth(1), parts)
{
    protected override SignKernel Fit(ReadOnlySpan<float> part) => new((float)(Magnitudes.Sum(part) / part.Length));

    protected override SignKernel Kernel(float scale) => new(scale);
}
