using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// Binarized neural networks (Hubara et al. 2016): weights sign(w), the gradient unchanged and latent weights clamped to
/// -1..1; activations sign(x), gradient where |x| &lt;= 1. No scales.
/// </summary>
[Component("bnn")]
public sealed class BnnFamily : BinaryFamily
{
    /// <inheritdoc/>
    public override bool ClampsLatentWeights => true;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => ScaleRule.None;

    private protected override Quantizer Weights(QuantizationPoint point, Bitwidth width) =>
        new FixedQuantizer<SignKernel>(point, width, new SignKernel(1));

    private protected override Quantizer Activations(QuantizationPoint point, Bitwidth width) =>
        new FixedQuantizer<SignActivationKernel<ClosedWindow>>(point, width, default);
}
