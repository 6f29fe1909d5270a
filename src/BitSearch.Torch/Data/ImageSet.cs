using TorchSharp;
using static TorchSharp.torch;

namespace BitSearch.Torch.Data;

/// <summary>
/// Labelled images as two tensors on the CPU. It owns them: they live outside every dispose scope until <see cref="Dispose"/>.
/// Slices share memory with the set they come from, and each is disposed on its own, in any order.
/// </summary>
public sealed class ImageSet : IDisposable
{
    /// <summary>Takes over two tensors.</summary>
    /// <param name="images">uint8 [n, c, h, w], contiguous, on the CPU.</param>
    /// <param name="labels">int64 [n], contiguous, on the CPU.</param>
    /// <exception cref="ArgumentException">Another type, shape or layout.</exception>
    public ImageSet(Tensor images, Tensor labels)
    {
        if (images.dtype != ScalarType.Byte || images.dim() != 4 || !images.is_contiguous() || images.device_type != DeviceType.CPU)
        {
            throw new ArgumentException("Images must be a contiguous uint8 tensor [n, c, h, w] on the CPU.", nameof(images));
        }

        if (labels.dtype != ScalarType.Int64 || labels.dim() != 1 || labels.shape[0] != images.shape[0]
            || !labels.is_contiguous() || labels.device_type != DeviceType.CPU)
        {
            throw new ArgumentException($"Labels must be a contiguous int64 tensor [{images.shape[0]}] on the CPU.", nameof(labels));
        }

        Images = images.DetachFromDisposeScope();
        Labels = labels.DetachFromDisposeScope();
    }

    /// <summary>The pixels, uint8 [n, c, h, w], contiguous, 0 (black) to 255.</summary>
    public Tensor Images { get; }

    /// <summary>The class of each image, int64 [n], from 0.</summary>
    public Tensor Labels { get; }

    /// <summary>Number of images n, possibly 0.</summary>
    public int Count => (int)Images.shape[0];

    /// <summary>Channels c: 1 for grey, 3 for red, green, blue.</summary>
    public int Channels => (int)Images.shape[1];

    /// <summary>Rows h of an image.</summary>
    public int Height => (int)Images.shape[2];

    /// <summary>Columns w of an image.</summary>
    public int Width => (int)Images.shape[3];

    /// <summary>The images <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> - 1, sharing memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the set.</exception>
    public ImageSet Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return new ImageSet(Images.narrow(0, start, count), Labels.narrow(0, start, count));
    }

    /// <summary>Copies the images at <paramref name="indices"/>, in that order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not in 0..<see cref="Count"/> - 1.</exception>
    public ImageSet Select(ReadOnlySpan<int> indices)
    {
        foreach (var i in indices)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(i, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, Count, nameof(indices));
        }

        using var scope = new TensorScope();
        var index = tensor(indices.ToArray(), int64);
        return new ImageSet(Images.index_select(0, index), Labels.index_select(0, index));
    }

    /// <summary>
    /// A random part without repetition, in the order of this set; the same generator state gives the same part.
    /// Asking for as many as there are or more gives a slice of everything.
    /// </summary>
    /// <param name="count">Images wanted, at least 0.</param>
    /// <param name="random">Source of the choice; always draws <see cref="Count"/> - 1 numbers unless everything is taken.</param>
    public ImageSet Subset(int count, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count >= Count)
        {
            return Slice(0, Count);
        }

        var chosen = Permutation.Of(Count, random)[..count];
        Array.Sort(chosen);
        return Select(chosen);
    }

    /// <summary>Frees this set's hold on its tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
