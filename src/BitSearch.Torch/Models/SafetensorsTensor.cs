using TorchSharp;

namespace BitSearch.Torch.Models;

/// <summary>One tensor of a <see cref="SafetensorsFile"/>, which owns it.</summary>
/// <param name="Name">Its name, as PyTorch's state dictionaries name it.</param>
/// <param name="Values">On the CPU, contiguous, in the type of the file.</param>
public sealed record SafetensorsTensor(string Name, torch.Tensor Values)
{
    /// <summary>The element type in the file.</summary>
    public torch.ScalarType Type => Values.dtype;

    /// <summary>The sizes.</summary>
    public EquatableArray<long> Shape => [.. Values.shape];

    /// <summary>A float32 copy, which joins the caller's dispose scope.</summary>
    public torch.Tensor ToFloat() => Values.to(torch.float32, copy: true);
}
