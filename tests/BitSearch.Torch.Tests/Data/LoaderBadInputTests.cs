using BitSearch.Torch.Data;

namespace BitSearch.Torch.Tests.Data;

public sealed class LoaderBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Small_sets_of_the_official_formats_load()
    {
        WriteFashion();
        using var fashion = Fashion();
        Assert.Equal((5, 1, 2), (fashion.Train.Count, fashion.Validation.Count, fashion.Test.Count));
        WriteCifar();
        using var cifar = Cifar();
        Assert.Equal((13, 2, 3), (cifar.Train.Count, cifar.Validation.Count, cifar.Test.Count));
        Assert.Equal([2, 1], cifar.Test.Images[1].flatten().data<byte>().ToArray().Take(1024).Distinct().Concat([(byte)1]));
    }

    [Fact]
    public void Gzipped_and_plain_files_give_the_same()
    {
        WriteFashion();
        using var plain = Fashion();
        foreach (var path in Directory.GetFiles(_folder.Root))
        {
            File.WriteAllBytes(path + ".gz", TestFiles.Gzip(File.ReadAllBytes(path)));
            File.Delete(path);
        }

        using var packed = Fashion();
        Assert.Equal(plain.Fingerprint, packed.Fingerprint);
    }

    [Fact]
    public void One_changed_pixel_changes_the_fingerprint()
    {
        WriteFashion();
        using var before = Fashion();
        Change("train-images-idx3-ubyte", b => b[100] ^= 1);
        using var after = Fashion();
        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
    }

    [Fact]
    public void Every_missing_file_is_named_with_its_remedy()
    {
        WriteFashion();
        File.Delete(_folder.PathOf("train-labels-idx1-ubyte"));
        File.Delete(_folder.PathOf("t10k-images-idx3-ubyte"));
        var failure = Assert.Throws<PlanException>(Fashion);
        Assert.Equal([_folder.PathOf("train-labels-idx1-ubyte"), _folder.PathOf("t10k-images-idx3-ubyte")], failure.Problems.Select(p => p.Place));
        Assert.All(failure.Problems, p => Assert.Contains("bitsearch data fetch fashion-mnist", p.Right, StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_folder_says_how_to_get_the_data()
    {
        var failure = Assert.Throws<PlanException>(Cifar);
        Assert.StartsWith($"{_folder.Root}: no file of cifar-10-batches-bin is there; unpack the official binary version", failure.Message, StringComparison.Ordinal);
        Assert.False(new Cifar10().Check(_folder.Root).Found);
        Assert.False(new FashionMnist().Check("/nonexistent").Found);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", 4719, "ends after 4,719 bytes where 4,720 are expected (truncated)")]
    [InlineData("train-images-idx3-ubyte", 0, "ends after 0 bytes")]
    [InlineData("train-images-idx3-ubyte", 10, "ends after 10 bytes")]
    [InlineData("t10k-labels-idx1-ubyte", 11, "has 11 bytes where 10 are expected (over-long)")]
    [InlineData("train-images-idx3-ubyte", 5000, "has 5,000 bytes where 4,720 are expected (over-long)")]
    public void A_file_of_the_wrong_length_is_refused(string name, int length, string wrong)
    {
        WriteFashion();
        Resize(name, length);
        AssertWrong(Fashion, name, wrong);
    }

    [Fact]
    public void Damaged_gzip_files_are_refused()
    {
        WriteFashion();
        var name = "train-images-idx3-ubyte";
        var packed = TestFiles.Gzip(File.ReadAllBytes(_folder.PathOf(name)));
        File.Delete(_folder.PathOf(name));
        foreach (var bytes in (byte[][])[packed[..^20], packed[..5], [], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], TestFiles.Gzip(new byte[10])])
        {
            _folder.Write(name + ".gz", bytes);
            AssertWrong(Fashion, name + ".gz", "");
        }
    }

    [Fact]
    public void A_wrong_magic_number_is_refused()
    {
        WriteFashion();
        Change("train-images-idx3-ubyte", b => b[3] = 1);
        AssertWrong(Fashion, "train-images-idx3-ubyte", "begins with 0x00000801 where 0x00000803 is expected");
    }

    [Fact]
    public void A_wrong_or_hostile_shape_is_refused()
    {
        WriteFashion();
        Change("train-images-idx3-ubyte", b => b.AsSpan(4, 8).Fill(255));
        AssertWrong(Fashion, "train-images-idx3-ubyte", "has the shape [4294967295, 4294967295, 28] where [6, 28, 28] is expected");
    }

    [Fact]
    public void A_wrong_label_is_named_by_record()
    {
        WriteFashion();
        Change("train-labels-idx1-ubyte", b => b[8 + 4] = 10);
        AssertWrong(Fashion, "train-labels-idx1-ubyte", "record 4 (counted from 0) has the label 10 where 0..9 is expected (1 such records)");
        WriteCifar();
        Change("data_batch_3.bin", b => b[2 * 3073] = 255);
        AssertWrong(Cifar, "data_batch_3.bin", "record 2 (counted from 0) has the label 255 where 0..9 is expected");
    }

    [Fact]
    public void Cifar_batches_of_the_wrong_length_are_refused()
    {
        WriteCifar();
        Resize("test_batch.bin", 9220);
        AssertWrong(Cifar, "test_batch.bin", "has 9,220 bytes where 9,219 are expected (over-long)");
        Resize("test_batch.bin", 9218);
        AssertWrong(Cifar, "test_batch.bin", "ends after 9,218 bytes where 9,219 are expected (truncated)");
    }

    [Fact]
    public void Classes_in_another_order_are_refused()
    {
        WriteCifar();
        _folder.Write("batches.meta.txt", "airplane\nbird\n"u8);
        AssertWrong(Cifar, "batches.meta.txt: line 2", "says 'bird' where 'automobile' is expected");
    }

    private void WriteFashion()
    {
        _folder.Write("train-images-idx3-ubyte", TestFiles.Idx([6, 28, 28], i => (byte)(i * 31)));
        _folder.Write("train-labels-idx1-ubyte", TestFiles.Idx([6], i => (byte)i));
        _folder.Write("t10k-images-idx3-ubyte", TestFiles.Idx([2, 28, 28], i => (byte)(i * 17)));
        _folder.Write("t10k-labels-idx1-ubyte", TestFiles.Idx([2], i => (byte)(9 - i)));
    }

    private void WriteCifar()
    {
        foreach (var name in (string[])["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"])
        {
            _folder.Write(name + ".bin", [.. Enumerable.Range(0, 3).SelectMany(r => Enumerable.Repeat((byte)(r + 1), 3072).Prepend((byte)r))]);
        }
    }

    private DataSplits Fashion() => new FashionMnist(6, 2).Load(new DataRequest(_folder.Root, 1), TestContext.Current.CancellationToken);

    private DataSplits Cifar() => new Cifar10(3).Load(new DataRequest(_folder.Root, 2), TestContext.Current.CancellationToken);

    private void Change(string name, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(_folder.PathOf(name));
        change(bytes);
        _folder.Write(name, bytes);
    }

    private void Resize(string name, int length)
    {
        using var file = File.OpenWrite(_folder.PathOf(name));
        file.SetLength(length);
    }

    private void AssertWrong(Func<object> load, string name, string wrong)
    {
        var problem = Assert.Single(Assert.Throws<PlanException>(load).Problems);
        Assert.Equal(_folder.PathOf(name), problem.Place);
        Assert.StartsWith(wrong, problem.Wrong, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Right);
    }
}
