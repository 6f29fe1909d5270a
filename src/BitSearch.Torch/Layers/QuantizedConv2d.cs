using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Layers;

/// <summary>A two-dimensional convolution, <c>[n, in, h, w]</c> to <c>[n, out, h', w']</c>.</summary>
/// <param name="weight">Quantizes the weights <c>[out, in, kh, kw]</c>.</param>
/// <param name="input">Quantizes the input; null for the layer that reads the image.</param>
/// <param name="bias">Whether there is a bias.</param>
/// <param name="stride">At least 1.</param>
/// <param name="padding">Zeros on each side.</param>
public sealed class QuantizedConv2d(Quantizer weight, Quantizer? input, bool bias, int stride, int padding)
    : QuantizedLayer(weight, input, bias)
{
    private readonly long[] _strides = [stride, stride];
    private readonly long[] _padding = [padding, padding];

    /// <summary>The step between places.</summary>
    internal int Stride => (int)_strides[0];

    /// <summary>Zeros on each side.</summary>
    internal int Padding => (int)_padding[0];

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input, Tensor weight) =>
        nn.functional.conv2d(input, weight, Bias!, _strides, _padding);
}
