using BitSearch.Space;

namespace BitSearch.Torch.Quantizers;

/// <summary>Full precision alone.</summary>
[Component("none")]
public sealed class NoneFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public override int MaximumWeightBits => 0;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 0;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => ScaleRule.None;

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) =>
        throw new ArgumentException("full precision alone", nameof(width));
}
