using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// The quantizers of the seed paper's authors (Chu et al. 2021, an early version of their code): fixed grids in -1..1, no
/// scales (BatchNorm absorbs them), networks with Hardtanh, latent weights clamped to -1..1. sign(0) is +1. Weights have
/// 2n + 1 = 2^k - 1 values, n = 2^(k-1) - 1, zero among them; the last code stays unused.
/// </summary>
[Component("seed")]
public sealed class SeedFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public override int MaximumWeightBits => 8;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 8;

    /// <inheritdoc/>
    public override Nonlinearity Nonlinearity => Nonlinearity.Hardtanh;

    /// <inheritdoc/>
    public override bool ClampsLatentWeights => true;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => ScaleRule.None;

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) => (point.Kind, width.Bits) switch
    {
        (PointKind.Weight, 1) => new FixedQuantizer<SignKernel>(point, width, new SignKernel(1)),
        (PointKind.Weight, _) => new FixedQuantizer<SeedWeightKernel>(point, width, new SeedWeightKernel(width.Bits)),
        (_, 1) => new FixedQuantizer<SignActivationKernel<ClosedWindow>>(point, width, default),
        _ => new FixedQuantizer<SeedActivationKernel>(point, width, new SeedActivationKernel(width.Bits)),
    };
}
