namespace BitSearch.Torch.Data;

/// <summary>
/// CIFAR-10 (Krizhevsky 2009): 50,000 + 10,000 colour images of 32 x 32 in the official binary layout: five training batches
/// and one test batch of 10,000 records, each a label byte, then 1,024 red, 1,024 green and 1,024 blue bytes, row by row.
/// </summary>
[Component("cifar10")]
public sealed class Cifar10 : IDataset
{
    private const int Pixels = 3 * 32 * 32;
    private const string MetaFile = "batches.meta.txt";

    private static readonly EquatableArray<string> Classes =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private readonly int _recordsPerBatch;
    private readonly DataFiles _files = new(
        "cifar-10-batches-bin",
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"],
        Gzip: false,
        "unpack the official binary version: 'mkdir -p ~/.cache/bitsearch && curl -L https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz | tar xz -C ~/.cache/bitsearch', or name a folder with the .bin files");

    /// <summary>The official set.</summary>
    public Cifar10()
        : this(10_000)
    {
    }

    /// <summary>The same format with other batch sizes, for tests.</summary>
    internal Cifar10(int recordsPerBatch) => _recordsPerBatch = recordsPerBatch;

    /// <inheritdoc/>
    public string Name => "cifar10";

    /// <inheritdoc/>
    public string Description => "50,000 + 10,000 photographs, 32x32 colour, 10 classes (Krizhevsky 2009)";

    /// <inheritdoc/>
    public (int Channels, int Height, int Width) Shape => (3, 32, 32);

    /// <inheritdoc/>
    public int ClassCount => 10;

    /// <inheritdoc/>
    public int DefaultValidation => 5_000;

    /// <summary>The ImageNet statistics, because the common pretrained CIFAR networks were trained with them.</summary>
    public ImageStatistics Statistics { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <inheritdoc/>
    public EquatableArray<Download> Downloads => [];

    /// <inheritdoc/>
    public DataAvailability Check(string? folder) => _files.Check(folder);

    /// <inheritdoc/>
    public DataSplits Load(DataRequest request, CancellationToken ct)
    {
        var paths = _files.Locate(request.Folder);
        CheckClasses(Path.Combine(Path.GetDirectoryName(paths[0])!, MetaFile));
        var train = Read([.. paths.Take(5)], ct);
        try
        {
            var test = Read([paths[5]], ct);
            return Splitter.Split(this, Classes, train, test, request);
        }
        finally
        {
            train.Dispose();
        }
    }

    private ImageSet Read(string[] paths, CancellationToken ct)
    {
        var pixels = new byte[paths.Length * _recordsPerBatch * Pixels];
        var labels = new byte[paths.Length * _recordsPerBatch];
        var batch = new byte[_recordsPerBatch * (1 + Pixels)];
        for (var f = 0; f < paths.Length; f++)
        {
            ct.ThrowIfCancellationRequested();
            using var file = new DataFile(paths[f], _files.Remedy);
            file.Read(batch, batch.Length);
            file.End();
            for (var i = 0; i < _recordsPerBatch; i++)
            {
                var record = batch.AsSpan(i * (1 + Pixels), 1 + Pixels);
                var n = (f * _recordsPerBatch) + i;
                labels[n] = record[0];
                record[1..].CopyTo(pixels.AsSpan(n * Pixels));
            }

            RawImages.CheckLabels(labels.AsSpan(f * _recordsPerBatch, _recordsPerBatch), ClassCount, paths[f], _files.Remedy);
        }

        return RawImages.ToSet(pixels, labels, Shape);
    }

    /// <summary>The names file is optional; if it is there, it must mean the same classes by the same labels.</summary>
    private void CheckClasses(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var reader = new StreamReader(path);
        for (var i = 0; i < Classes.Count; i++)
        {
            var line = reader.ReadLine()?.Trim() ?? "";
            if (line != Classes[i])
            {
                throw new PlanException($"{path}: line {i + 1}", $"says '{line}' where '{Classes[i]}' is expected", _files.Remedy);
            }
        }
    }
}
