namespace BitSearch.Torch.Data;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, MIT): 60,000 + 10,000 articles of clothing, 28 x 28 grey, in four IDX files,
/// plain or gzipped, with the official split.
/// </summary>
[Component("fashion-mnist")]
public sealed class FashionMnist : IDataset
{
    private const string Url = "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/";
    private readonly int _trainCount;
    private readonly int _testCount;
    private readonly DataFiles _files = new(
        "fashion-mnist",
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"],
        Gzip: true,
        "run 'bitsearch data fetch fashion-mnist', or 'apt-get install dataset-fashion-mnist', or name a folder with the four official IDX files (plain or .gz)")
    {
        SystemFolders = ["/usr/share/datasets/fashion-mnist"],
    };

    /// <summary>The official set.</summary>
    public FashionMnist()
        : this(60_000, 10_000)
    {
    }

    /// <summary>The same format with other image counts, for tests.</summary>
    internal FashionMnist(int trainCount, int testCount) => (_trainCount, _testCount) = (trainCount, testCount);

    /// <inheritdoc/>
    public string Name => "fashion-mnist";

    /// <inheritdoc/>
    public string Description => "60,000 + 10,000 articles of clothing, 28x28 grey, 10 classes (Xiao et al. 2017, MIT)";

    /// <inheritdoc/>
    public (int Channels, int Height, int Width) Shape => (1, 28, 28);

    /// <inheritdoc/>
    public int ClassCount => 10;

    /// <inheritdoc/>
    public int DefaultValidation => 10_000;

    /// <inheritdoc/>
    public ImageStatistics Statistics { get; } = new([0.2860f], [0.3530f]);

    /// <summary>
    /// The four official files. The hashes are those of the unpacked files in Debian's dataset-fashion-mnist
    /// 0.0~git20200523.55506a9-1, which re-compresses them.
    /// </summary>
    public EquatableArray<Download> Downloads { get; } =
    [
        new(new(Url + "train-images-idx3-ubyte.gz"), "train-images-idx3-ubyte.gz", 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        new(new(Url + "train-labels-idx1-ubyte.gz"), "train-labels-idx1-ubyte.gz", 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        new(new(Url + "t10k-images-idx3-ubyte.gz"), "t10k-images-idx3-ubyte.gz", 7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        new(new(Url + "t10k-labels-idx1-ubyte.gz"), "t10k-labels-idx1-ubyte.gz", 10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    ];

    /// <inheritdoc/>
    public DataAvailability Check(string? folder) => _files.Check(folder);

    /// <inheritdoc/>
    public DataSplits Load(DataRequest request, CancellationToken ct)
    {
        var paths = _files.Locate(request.Folder);
        var train = Read(paths[0], paths[1], _trainCount, ct);
        try
        {
            var test = Read(paths[2], paths[3], _testCount, ct);
            return Splitter.Split(this, Classes, train, test, request);
        }
        finally
        {
            train.Dispose();
        }
    }

    private static readonly EquatableArray<string> Classes =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private ImageSet Read(string imagePath, string labelPath, int count, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var labels = IdxFile.Read(labelPath, [count], _files.Remedy);
        RawImages.CheckLabels(labels, ClassCount, labelPath, _files.Remedy);
        return RawImages.ToSet(IdxFile.Read(imagePath, [count, 28, 28], _files.Remedy), labels, Shape);
    }
}
