using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace BitSearch.Torch.Kernels;

/// <summary>A tensor's memory as a span, whatever dense layout it has.</summary>
internal static class TensorMemory
{
    /// <summary>
    /// <paramref name="tensor"/> itself when its memory has no gaps (contiguous, or channels_last), else a contiguous copy.
    /// </summary>
    public static Tensor Dense(Tensor tensor) => tensor.is_contiguous() || IsChannelsLast(tensor) ? tensor : tensor.contiguous();

    /// <summary><paramref name="tensor"/> with its elements in the order in memory that <paramref name="like"/> has.</summary>
    /// <param name="tensor">The shape of <paramref name="like"/>.</param>
    /// <param name="like">Dense.</param>
    public static Tensor InOrderOf(Tensor tensor, Tensor like)
    {
        if (like.is_contiguous())
        {
            return tensor.contiguous();
        }

        return IsChannelsLast(tensor) ? tensor : tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    }

    /// <summary>The elements in the order in memory; valid as long as the tensor lives.</summary>
    /// <param name="tensor">Dense, of elements <typeparamref name="T"/>, on the CPU.</param>
    public static Span<T> Of<T>(Tensor tensor)
        where T : unmanaged
    {
        if (tensor.is_contiguous())
        {
            return MemoryMarshal.Cast<byte, T>(tensor.bytes);
        }

        using var rows = tensor.permute(0, 2, 3, 1);
        return MemoryMarshal.Cast<byte, T>(rows.bytes);
    }

    private static bool IsChannelsLast(Tensor tensor)
    {
        if (tensor.dim() != 4)
        {
            return false;
        }

        using var rows = tensor.permute(0, 2, 3, 1);
        return rows.is_contiguous();
    }
}
