using System.Globalization;
using System.IO.Compression;

namespace BitSearch.Torch.Data;

/// <summary>
/// 1,797 handwritten digits of 8 x 8 pixels, embedded: the "Optical Recognition of Handwritten Digits" of Alpaydin and Kaynak
/// (1998, UCI, CC BY 4.0) as scikit-learn ships it. Values 0..16 become round(v * 255 / 16). There is no official split:
/// 500 images, chosen once and for all by a hash of their number, are the test set.
/// </summary>
[Component("digits")]
public sealed class Digits : IDataset
{
    private const int Images = 1797;
    private const int TestImages = 500;
    private const ulong TestSeed = 1998;

    /// <inheritdoc/>
    public string Name => "digits";

    /// <inheritdoc/>
    public string Description => "1,797 handwritten digits, 8x8 grey, 10 classes, embedded (UCI, CC BY 4.0)";

    /// <inheritdoc/>
    public (int Channels, int Height, int Width) Shape => (1, 8, 8);

    /// <inheritdoc/>
    public int ClassCount => 10;

    /// <inheritdoc/>
    public int DefaultValidation => 297;

    /// <inheritdoc/>
    public ImageStatistics Statistics { get; } = new([0.3050f], [0.3757f]);

    /// <inheritdoc/>
    public EquatableArray<Download> Downloads => [];

    /// <inheritdoc/>
    public DataAvailability Check(string? folder) => new(true, "embedded", "");

    /// <inheritdoc/>
    public DataSplits Load(DataRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var all = Read();
        var (train, test) = Splitter.Separate(all, TestImages, TestSeed);
        return Splitter.Split(this, [.. Enumerable.Range(0, 10).Select(d => d.ToString(CultureInfo.InvariantCulture))], train, test, request);
    }

    private ImageSet Read()
    {
        using var resource = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv.gz")
            ?? throw new InvalidOperationException("The resource digits.csv.gz is not embedded.");
        using var reader = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        var (pixels, labels) = (new byte[Images * 64], new byte[Images]);
        for (var i = 0; i < Images; i++)
        {
            var values = reader.ReadLine()!.Split(',').Select(v => byte.Parse(v, CultureInfo.InvariantCulture)).ToArray();
            for (var j = 0; j < 64; j++)
            {
                pixels[(i * 64) + j] = (byte)(((values[j] * 255) + 8) / 16);
            }

            labels[i] = values[64];
        }

        return RawImages.ToSet(pixels, labels, Shape);
    }
}
