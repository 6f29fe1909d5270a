using BitSearch.Space;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// Weights and activations at 1 bit: alpha sign(w) by default, and signs. Networks have Hardtanh, since after ReLU a sign is
/// constant. sign(0) is +1.
/// </summary>
public abstract class BinaryFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public sealed override int MaximumWeightBits => 1;

    /// <inheritdoc/>
    public sealed override int MaximumActivationBits => 1;

    /// <inheritdoc/>
    public sealed override Nonlinearity Nonlinearity => Nonlinearity.Hardtanh;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => ScaleRule.None with { OneBitWeight = ScaleGranularity.PerChannel };

    /// <inheritdoc/>
    protected sealed override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) =>
        point.Kind == PointKind.Weight ? Weights(point, width) : Activations(point, width);

    private protected virtual Quantizer Weights(QuantizationPoint point, Bitwidth width) => new ScaledSignQuantizer(point, point.Channels);

    private protected abstract Quantizer Activations(QuantizationPoint point, Bitwidth width);
}
