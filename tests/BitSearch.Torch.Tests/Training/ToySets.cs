using BitSearch.Torch.Data;
using BitSearch.Trials;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Training;

/// <summary>Small sets of images for tests of training.</summary>
internal static class ToySets
{
    /// <summary>Random pixels [n, channels, 4, 4], labels i modulo 3.</summary>
    public static ImageSet Random(int count, int channels)
    {
        using var scope = new TensorScope();
        var pixels = new byte[count * channels * 16];
        new SeededRandom(3).NextBytes(pixels);
        return new ImageSet(tensor(pixels).reshape(count, channels, 4, 4), arange(count, int64).remainder(3));
    }

    /// <summary>Mean one half, deviation one quarter.</summary>
    public static ImageStatistics Statistics(int channels) =>
        new([.. Enumerable.Repeat(0.5f, channels)], [.. Enumerable.Repeat(0.25f, channels)]);

    /// <summary>Splits of grey digits; the sets stay the caller's.</summary>
    public static DataSplits Splits(ImageSet train, ImageSet validation) => new()
    {
        Train = train.Slice(0, train.Count),
        Validation = validation.Slice(0, validation.Count),
        Test = validation.Slice(0, validation.Count),
        Statistics = new Digits().Statistics,
        Classes = [.. Enumerable.Range(0, 10).Select(d => $"{d}")],
        Note = "",
        Fingerprint = "",
    };

    /// <summary>The embedded digits, split as always.</summary>
    public static DataSplits Digits() => new Digits().Load(new DataRequest(), CancellationToken.None);
}
