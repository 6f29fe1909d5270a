using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>A quantized tensor as it is stored.</summary>
/// <param name="Codes">int32, the values' shape, each in 0..2^b - 1.</param>
/// <param name="Scales">float32 [k], k as the family's <see cref="Space.ScaleRule"/> says, possibly 0.</param>
public readonly record struct QuantizedValues(Tensor Codes, Tensor Scales);
