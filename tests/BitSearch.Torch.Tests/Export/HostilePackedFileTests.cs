using System.Text;
using BitSearch.Space;
using BitSearch.Torch.Export;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using CsCheck;

namespace BitSearch.Torch.Tests.Export;

/// <summary>Packed files that are wrong: one message each, never another exception.</summary>
public sealed class HostilePackedFileTests
{
    private static readonly byte[] Good = Write();

    [Fact]
    public void The_good_file_is_read() => PackedFile.Parse(Good, "good");

    [Theory]
    [InlineData(0, "BITSRCH1")]
    [InlineData(11, "BITSRCH1")]
    [InlineData(12, "promises an index")]
    [InlineData(200, "promises an index")]
    [InlineData(-1, "bytes where")]
    public void Truncated(int length, string expected) => Refused(Good[..(length < 0 ? Good.Length + length : length)], expected);

    [Fact]
    public void Over_long() => Refused([.. Good, 0], "bytes where");

    [Theory]
    [InlineData("BITSRCH1", "BITSRCH2", "BITSRCH1")]
    [InlineData("\"network\":\"lenet5\"", "\"network\":\"lenet6\"", "did you mean 'lenet5'")]
    [InlineData("\"quantizer\":\"lsq/lsq\"", "\"quantizer\":\"lsq/lsd\"", "did you mean 'lsq'")]
    [InlineData("\"quantizer\":\"lsq/lsq\"", "\"quantizer\":\"lsqslsq\"", "names no quantizers")]
    [InlineData("\"bits\": 3", "\"bits\":33", "has 33 bits")]
    [InlineData("\"bits\": 3", "\"bits\": 0", "has 0 bits")]
    [InlineData("\"bits\": 3", "\"bits\": 9", "lsq has no width of 9 bits")]
    [InlineData("\"bits\": 3", "\"bits\": x", "index cannot be read")]
    [InlineData("\"bits\": 3", "\"bits\": 4", "bytes where")]
    [InlineData("\"points\":[", "\"pointz\":[", "index cannot be read")]
    [InlineData("\"classes\":10", "\"classes\":01", "index cannot be read")]
    [InlineData("\"classes\":10", "\"classes\":-1", "classes")]
    [InlineData("\"classes\":10", "\"classes\":11", "does not describe")]
    [InlineData("\"input\":[1,28,28]", "\"input\":[1,28,{}]", "index cannot be read")]
    [InlineData("\"input\":[1,28,28]", "\"input\":[9,99,99]", "does not describe")]
    [InlineData("conv1.bias", "conv9.bias", "does not describe")]
    public void A_wrong_index(string good, string bad, string expected)
    {
        var text = Encoding.Latin1.GetString(Good);
        Assert.Contains(good, text, StringComparison.Ordinal);
        var place = text.IndexOf(good, StringComparison.Ordinal);
        Refused(Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, place), bad, text.AsSpan(place + good.Length))), expected);
    }

    [Fact]
    public void An_index_without_points() =>
        Refused([.. "BITSRCH1"u8, 90, 0, 0, 0, .. Encoding.ASCII.GetBytes(
            """{"network":"lenet5","input":[1,28,28],"classes":10,"widthMultiplier":1,"quantizer":"lsq/lsq","points":[]}""".PadRight(120))], "index cannot be read", "points");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1f)]
    public void A_scale_that_is_none(float scale)
    {
        var bad = (byte[])Good.Clone();
        var section = Section(LedgerKind.Scales);
        BitConverter.TryWriteBytes(bad.AsSpan((int)section.Offset), scale);
        Refused(bad, "negative or not finite");
    }

    [Fact]
    public void Bits_behind_the_last_code()
    {
        var bad = (byte[])Good.Clone();
        var section = Section(LedgerKind.Codes);
        bad[section.Offset + section.Length - 1] |= 0x80;
        Refused(bad, "after its last code");
    }

    [Fact]
    public void Whatever_byte_is_changed_nothing_but_a_plan_exception_comes() => Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Byte).Sample(
        (place, value) =>
        {
            var bad = (byte[])Good.Clone();
            bad[place] = value;
            try
            {
                PackedFile.Parse(bad, "bad");
            }
            catch (PlanException)
            {
            }
        },
        iter: 2000,
        threads: 1);

    [Fact]
    public void A_missing_file() => Assert.Throws<PlanException>(() => PackedFile.Read("/nowhere/at.all"));

    private static void Refused(byte[] bytes, params string[] expected)
    {
        var e = Assert.Throws<PlanException>(() => PackedFile.Parse(bytes, "bad.packed"));
        Assert.Contains(expected, part => e.Message.Contains(part, StringComparison.Ordinal));
        Assert.StartsWith("bad.packed", e.Message, StringComparison.Ordinal);
    }

    private static PackedSection Section(LedgerKind kind)
    {
        var file = PackedFile.Parse(Good, "good");
        return PackedLayout.Of(file.Network, file.Schedule).Sections.First(s => s.Kind == kind);
    }

    // 0.1 of LeNet-5 has 1 channel of 25 weights in its first layer: 75 bits of codes.
    private static byte[] Write()
    {
        var pair = new QuantizerPair(new LsqFamily(), new LsqFamily(), false);
        using var network = PackedNetworks.Create("lenet5", new NetworkSpec([1, 28, 28], 10, 0.1), pair, Schedule.Homogeneous(9, new Bitwidth(3)), 5);
        return PackedNetworks.Pack(network);
    }
}
