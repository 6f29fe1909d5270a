using BitSearch.Space;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// Learned step size quantization (Esser et al. 2020): signed weights with one step a tensor or an output channel, unsigned
/// activations (of inputs after ReLU) with one step a tensor. Weights at 1 bit have no signed grid and use the scaled sign;
/// activations at 1 bit are 0 or s.
/// </summary>
[Component("lsq")]
public sealed class LsqFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public override int MaximumWeightBits => 8;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 8;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => new(
        ScaleGranularity.PerChannel,
        perChannel ? ScaleGranularity.PerChannel : ScaleGranularity.PerTensor,
        ScaleGranularity.PerTensor,
        ScaleGranularity.PerTensor);

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) => point.Kind switch
    {
        PointKind.Weight when width.Bits == 1 => new ScaledSignQuantizer(point, point.Channels),
        PointKind.Weight => new LsqQuantizer(point, width, perChannel ? point.Channels : 1),
        _ => new LsqQuantizer(point, width, 1),
    };
}
