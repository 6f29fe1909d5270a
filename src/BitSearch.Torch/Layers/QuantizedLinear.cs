using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Layers;

/// <summary>A fully connected layer, <c>[n, in]</c> to <c>[n, out]</c>.</summary>
/// <param name="weight">Quantizes the weights <c>[out, in]</c>.</param>
/// <param name="input">Quantizes the input; null for the layer that reads the image.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class QuantizedLinear(Quantizer weight, Quantizer? input, bool bias) : QuantizedLayer(weight, input, bias)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input, Tensor weight) => nn.functional.linear(input, weight, Bias!);
}
