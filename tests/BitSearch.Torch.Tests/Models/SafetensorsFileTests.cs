using System.Buffers.Binary;
using System.Text;
using BitSearch.Torch.Models;
using TorchSharp;

namespace BitSearch.Torch.Tests.Models;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.PathOf("w.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_bit_for_bit()
    {
        using var scope = torch.NewDisposeScope();
        var tensors = new Dictionary<string, torch.Tensor>
        {
            ["b.weight"] = torch.tensor(new[] { float.NaN, -0f, float.PositiveInfinity, 1e-45f, 5, 6 }).reshape(2, 3),
            ["a"] = torch.arange(24).reshape(2, 3, 4).transpose(0, 2),
            ["scalar"] = torch.tensor(3.5),
            ["empty"] = torch.zeros(0, 7),
            ["flags"] = torch.tensor(new[] { true, false, true }),
            ["half"] = torch.ones(3).to(torch.float16),
            ["brain"] = torch.ones(3).to(torch.bfloat16),
            ["i32"] = torch.tensor(new[] { 1, -2 }),
            ["ünïcode \"quoted\""] = torch.tensor(new byte[] { 1, 255 }),
        };
        SafetensorsFile.Write(FilePath, tensors, new Dictionary<string, string> { ["z"] = "ä", ["a"] = "" });

        using var file = SafetensorsFile.Read(FilePath);

        Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), file.Names.Order(StringComparer.Ordinal));
        Assert.Equal(["a", "z"], file.Metadata.Keys);
        Assert.Equal("ä", file.Metadata["z"]);
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.dtype, file[name].Type);
            Assert.Equal(tensor.shape, file[name].Shape);
            Assert.True(tensor.numel() == 0 || tensor.contiguous().bytes.SequenceEqual(file[name].Values.bytes));
        }

        TensorAssert.Close(torch.ones(3), file["brain"].ToFloat());
        Assert.Null(file.Find("absent"));
        Assert.Equal(0, Header().Length % 8);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_in_any_order()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y) = (torch.ones(3), torch.zeros(2, torch.int64));
        SafetensorsFile.Write(FilePath, new Dictionary<string, torch.Tensor> { ["x"] = x, ["y"] = y }, new Dictionary<string, string> { ["p"] = "1", ["q"] = "2" });
        var first = File.ReadAllBytes(FilePath);
        SafetensorsFile.Write(FilePath, new Dictionary<string, torch.Tensor> { ["y"] = y, ["x"] = x }, new Dictionary<string, string> { ["q"] = "2", ["p"] = "1" });
        Assert.Equal(first, File.ReadAllBytes(FilePath));
        Assert.StartsWith("{\"__metadata__\":{\"p\":\"1\",\"q\":\"2\"},\"y\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]},\"x\":", Header(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_types_the_format_lacks_are_refused_before_writing()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(FilePath, new Dictionary<string, torch.Tensor> { ["__metadata__"] = torch.ones(1) }));
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(FilePath, new Dictionary<string, torch.Tensor> { ["c"] = torch.ones(1).to(torch.complex64) }));
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        _folder.Write("file", [1]);
        var failure = Assert.Throws<PlanException>(() => SafetensorsFile.Write(_folder.PathOf("file/below"), new Dictionary<string, torch.Tensor>()));
        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_and_writing_leave_no_tensor_behind()
    {
        using var weights = torch.ones(3, 4).t();
        LeakAssert.None(() =>
        {
            SafetensorsFile.Write(FilePath, new Dictionary<string, torch.Tensor> { ["w"] = weights });
            SafetensorsFile.Read(FilePath).Dispose();
        });
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}   """, 8, null)]
    [InlineData("""{"a":{"data_offsets":[0,4],"shape":[],"dtype":"F32"},"__metadata__":{}}""", 4, null)]
    [InlineData("""{"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 3, null)]
    [InlineData("{}", 0, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "1 bytes after byte 8 of the data belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "a: has the data_offsets [0,8] where two rising numbers from 0 to 7")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "a: has 8 bytes of data where its shape [3] of F32 needs 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "a: has the data_offsets [8,0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "a: has the data_offsets [0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "a: has the data_offsets [-8,0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,1e400]}}""", 8, "a: has the data_offsets [0,1e400]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "a: has the shape [-2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "a: has the shape [2.5]")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "a: has the shape 2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,0]}}""", 0, "a: has the shape [4294967296")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[0,0]}}""", 0, "a: has the shape [0,9223372036854775807]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "at most 32")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", 8, "a: has the dtype \"Q4\"; known are BOOL, U8")]
    [InlineData("""{"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", 8, "a: has the dtype 7")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "a: has the fields [dtype, shape]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", 8, "a: has the fields [dtype, shape, data_offsets, x]")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2]}}""", 8, "a: has the fields [dtype, dtype, shape]")]
    [InlineData("""{"a":[]}""", 0, "a: is a JSON Array")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "a: appears twice in the header")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "b: begins at byte 2 inside its predecessor, which ends at 3 (overlap)")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4, "(overlap)")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "b: begins at byte 2 where its predecessor ends at 1 (hole)")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "(hole)")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "__metadata__.x: is a JSON Number")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__: is a JSON Array")]
    [InlineData("""{"__metadata__":{"x":"1","x":"2"}}""", 0, "__metadata__.x: appears twice")]
    [InlineData("""{"\ud800":{}}""", 0, "not valid JSON")]
    [InlineData("""{"a":""", 0, "not valid JSON")]
    [InlineData(" {}", 0, "not a JSON object")]
    [InlineData("[]", 0, "not a JSON object")]
    [InlineData("", 0, "not a JSON object")]
    public void Headers_are_checked_against_their_data(string header, int dataLength, string? wrong)
    {
        _folder.Write("w.safetensors", Raw((ulong)Encoding.UTF8.GetByteCount(header), header, dataLength));
        if (wrong is null)
        {
            SafetensorsFile.Read(FilePath).Dispose();
            return;
        }

        var failure = Assert.Throws<PlanException>(() => SafetensorsFile.Read(FilePath));
        Assert.StartsWith(FilePath, failure.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_longer_than_the_file_or_sane_are_refused()
    {
        AssertRefused(Raw(3, "{}", 0), "promises a header of 3 bytes where the file has 2 more");
        AssertRefused(Raw(ulong.MaxValue, "{}", 0), "promises a header of 18446744073709551615 bytes");
        AssertRefused([1, 2, 3], "has 3 bytes where at least 8 are expected");
        AssertRefused([], "has 0 bytes");
        AssertRefused([5, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)'}'], "not a JSON object in UTF-8");
    }

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_named()
    {
        Assert.StartsWith(FilePath, Assert.Throws<PlanException>(() => SafetensorsFile.Read(FilePath)).Message, StringComparison.Ordinal);
        Assert.Throws<PlanException>(() => SafetensorsFile.Read(_folder.Root));
    }

    private static byte[] Raw(ulong headerLength, string header, int dataLength)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, headerLength);
        return [.. prefix, .. Encoding.UTF8.GetBytes(header), .. new byte[dataLength]];
    }

    private string Header()
    {
        var bytes = File.ReadAllBytes(FilePath);
        return Encoding.UTF8.GetString(bytes, 8, (int)BinaryPrimitives.ReadInt64LittleEndian(bytes));
    }

    private void AssertRefused(byte[] content, string wrong)
    {
        _folder.Write("w.safetensors", content);
        Assert.Contains(wrong, Assert.Throws<PlanException>(() => SafetensorsFile.Read(FilePath)).Message, StringComparison.Ordinal);
    }
}
