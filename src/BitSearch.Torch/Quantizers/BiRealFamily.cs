using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// Bi-Real Net (Liu et al. 2018): weights alpha sign(w), alpha the mean of |w| over an output channel; activations sign(x)
/// with the derivative of a piecewise polynomial, 2 - 2|x| where |x| &lt; 1. The paper's extra shortcuts are the network's
/// matter, not the quantizer's.
/// </summary>
[Component("bi-real")]
public sealed class BiRealFamily : BinaryFamily
{
    private protected override Quantizer Activations(QuantizationPoint point, Bitwidth width) =>
        new FixedQuantizer<SignActivationKernel<Tent>>(point, width, default);
}
