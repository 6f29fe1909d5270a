using static TorchSharp.torch;

namespace BitSearch.Torch.Data;

/// <summary>Mean and standard deviation of the pixels by channel, in the scale 0 (black) to 1; networks see (x - mean) / std.</summary>
public sealed record ImageStatistics
{
    /// <summary>Creates the statistics.</summary>
    /// <param name="mean">One finite number a channel.</param>
    /// <param name="std">As many positive numbers.</param>
    /// <exception cref="ArgumentException">Lengths differ, none given, or a standard deviation is not positive.</exception>
    public ImageStatistics(EquatableArray<float> mean, EquatableArray<float> std)
    {
        (Mean, Std) = (mean, std);
        if (Mean.Count == 0 || Mean.Count != Std.Count || !Mean.All(float.IsFinite) || !Std.All(s => s > 0 && float.IsFinite(s)))
        {
            throw new ArgumentException("Statistics need one finite mean and one positive standard deviation a channel.");
        }
    }

    /// <summary>Mean by channel, 0..1.</summary>
    public EquatableArray<float> Mean { get; }

    /// <summary>Standard deviation by channel, in the same scale.</summary>
    public EquatableArray<float> Std { get; }

    /// <summary>Measures a set: the population mean and standard deviation of each channel, summed in integers and so exact.</summary>
    public static ImageStatistics Of(ImageSet set)
    {
        using var scope = new TensorScope();
        var (mean, std) = (new List<float>(), new List<float>());
        for (var c = 0; c < set.Channels; c++)
        {
            var histogram = bincount(set.Images.select(1, c).flatten(), minlength: 256).data<long>().ToArray();
            var n = (double)histogram.Sum();
            var average = histogram.Select((count, value) => (double)count * value).Sum() / n;
            var variance = histogram.Select((count, value) => count * (value - average) * (value - average)).Sum() / n;
            mean.Add((float)(average / 255));
            std.Add((float)(Math.Sqrt(variance) / 255));
        }

        return new ImageStatistics([.. mean], [.. std]);
    }

    /// <summary>Pixels as networks see them: (x / 255 - mean) / std, computed in that order, as PyTorch's ToTensor and Normalize do.</summary>
    /// <param name="pixels">Any number type, [n, c, h, w], values 0..255.</param>
    /// <returns>float32 [n, c, h, w].</returns>
    /// <exception cref="ArgumentException">The channel count is not that of the statistics.</exception>
    public Tensor Normalize(Tensor pixels)
    {
        if (pixels.dim() != 4 || pixels.shape[1] != Mean.Count)
        {
            throw new ArgumentException($"Expected [n, {Mean.Count}, h, w], got [{string.Join(", ", pixels.shape)}].", nameof(pixels));
        }

        using var scope = new TensorScope();
        var mean = tensor(Mean.ToArray()).reshape(1, -1, 1, 1);
        var std = tensor(Std.ToArray()).reshape(1, -1, 1, 1);
        return scope.Keep(pixels.to(float32, copy: true).div_(Numbers.Of(255)).add_(mean, Numbers.Of(-1)).div_(std));
    }
}
