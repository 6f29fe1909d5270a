using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// XNOR-Net (Rastegari et al. 2016): weights alpha sign(w), alpha the mean of |w| over an output channel; activations sign(x),
/// gradient where |x| &lt; 1, without the paper's scale of each place (BatchNorm absorbs it).
/// </summary>
[Component("xnor")]
public sealed class XnorFamily : BinaryFamily
{
    private protected override Quantizer Activations(QuantizationPoint point, Bitwidth width) =>
        new FixedQuantizer<SignActivationKernel<OpenWindow>>(point, width, default);
}
