using System.Net;
using System.Security.Cryptography;
using BitSearch.Torch.Data;

namespace BitSearch.Torch.Tests.Data;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i))];
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, Func<HttpContent>> _files = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_right_file_is_fetched_once()
    {
        _files["a.gz"] = () => new ByteArrayContent(TestFiles.Gzip(Content));
        var home = Path.Combine(_folder.Root, "new", "folder");
        Assert.Equal(home, await Fetch(home));
        Assert.Equal([Path.Combine(home, "a.gz")], Directory.GetFiles(home));
        _files.Clear();
        Assert.Equal(home, await Fetch(home));
    }

    [Fact]
    public async Task A_damaged_file_that_is_there_is_replaced()
    {
        _folder.Write("a.gz", [1, 2, 3]);
        _files["a.gz"] = () => new ByteArrayContent(TestFiles.Gzip(Content));
        await Fetch(_folder.Root);
        Assert.Equal(TestFiles.Gzip(Content), File.ReadAllBytes(_folder.PathOf("a.gz")));
    }

    [Fact]
    public async Task Wrong_content_is_refused_and_leaves_nothing()
    {
        var changed = Content.ToArray();
        changed[7]++;
        await AssertRefused(new ByteArrayContent(TestFiles.Gzip(changed)), "its content has the SHA-256");
        await AssertRefused(new ByteArrayContent(TestFiles.Gzip([.. Content, 0])), "unpacks to more than 5,000 bytes");
        await AssertRefused(new ByteArrayContent(TestFiles.Gzip(Content)[..^30]), "");
        await AssertRefused(new StringContent("<html>not here</html>"), "is not a gzip file");
        await AssertRefused(new ByteArrayContent(new byte[100_000]), "sends more than 5,000 bytes");
    }

    [Fact]
    public async Task A_failing_server_is_named()
    {
        var failure = await Assert.ThrowsAsync<PlanException>(() => Fetch(_folder.Root));
        Assert.StartsWith("http://test/a.gz: cannot be fetched: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("404", failure.Message, StringComparison.Ordinal);
        await AssertRefused(new StreamContent(new BrokenStream()), "cannot be ");
    }

    [Fact]
    public async Task An_unwritable_folder_is_named()
    {
        var file = _folder.Write("file", [1]);
        var failure = await Assert.ThrowsAsync<PlanException>(() => Fetch(Path.Combine(file, "below")));
        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sets_without_downloads_say_how_to_get_them()
    {
        using var client = new HttpClient(new Server(_files));
        var failure = await Assert.ThrowsAsync<PlanException>(
            () => Downloader.FetchAsync(new Cifar10(), _folder.Root, client, null, TestContext.Current.CancellationToken));
        Assert.Contains("cifar-10-binary.tar.gz", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fashion_mnist_as_packed_by_debian_passes_the_check()
    {
        const string Debian = "/usr/share/datasets/fashion-mnist";
        Assert.SkipUnless(Directory.Exists(Debian), "dataset-fashion-mnist is not installed.");
        foreach (var path in Directory.GetFiles(Debian))
        {
            _files[Path.GetFileName(path)] = () => new StreamContent(File.OpenRead(path));
        }

        using var client = new HttpClient(new Server(_files));
        await Downloader.FetchAsync(new FashionMnist(), _folder.Root, client, null, TestContext.Current.CancellationToken);
        Assert.True(new FashionMnist().Check(_folder.Root).Found);
    }

    private async Task AssertRefused(HttpContent content, string wrong)
    {
        _files["a.gz"] = () => content;
        var problem = Assert.Single((await Assert.ThrowsAsync<PlanException>(() => Fetch(_folder.Root))).Problems);
        Assert.StartsWith(wrong, problem.Wrong, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    private async Task<string> Fetch(string home)
    {
        using var client = new HttpClient(new Server(_files));
        return await Downloader.FetchAsync(new OneFile(), home, client, null, TestContext.Current.CancellationToken);
    }

    private sealed class Server(Dictionary<string, Func<HttpContent>> files) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(files.TryGetValue(Path.GetFileName(request.RequestUri!.AbsolutePath), out var content)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = content() }
                : new HttpResponseMessage(HttpStatusCode.NotFound));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new HttpIOException(HttpRequestError.ResponseEnded, "the connection broke");
    }

    private sealed class OneFile : IDataset
    {
        public string Name => "one-file";

        public string Description => "";

        public (int Channels, int Height, int Width) Shape => (1, 1, 1);

        public int ClassCount => 1;

        public int DefaultValidation => 0;

        public ImageStatistics Statistics { get; } = new([0], [1]);

        public EquatableArray<Download> Downloads =>
            [new(new Uri("http://test/a.gz"), "a.gz", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)))];

        public DataAvailability Check(string? folder) => new(false, "", "");

        public DataSplits Load(DataRequest request, CancellationToken ct) => throw new NotSupportedException();
    }
}
