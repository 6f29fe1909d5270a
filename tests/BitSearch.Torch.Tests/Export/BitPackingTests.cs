using BitSearch.Torch.Export;
using CsCheck;

namespace BitSearch.Torch.Tests.Export;

public sealed class BitPackingTests
{
    private static readonly Gen<(int Bits, int[] Codes)> Codes =
        from bits in Gen.Int[1, 32]
        from codes in Gen.UInt.Select(u => (int)(u & (uint.MaxValue >> (32 - bits)))).Array[0, 100]
        select (bits, codes);

    [Fact]
    public void Packed_codes_come_back() => Codes.Sample(c =>
    {
        var bytes = new byte[BitPacking.Length(c.Codes.Length, c.Bits)];
        BitPacking.Pack(c.Codes, c.Bits, bytes);
        var back = new int[c.Codes.Length];
        BitPacking.Unpack(bytes, c.Bits, back);
        return back.SequenceEqual(c.Codes);
    });

    [Fact]
    public void Each_bit_lies_where_the_format_says() => Codes.Sample(c =>
    {
        var bytes = new byte[BitPacking.Length(c.Codes.Length, c.Bits)];
        BitPacking.Pack(c.Codes, c.Bits, bytes);
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            var expected = i < c.Codes.Length * c.Bits ? (c.Codes[i / c.Bits] >> (i % c.Bits)) & 1 : 0;
            Assert.Equal(expected, (bytes[i / 8] >> (i % 8)) & 1);
        }
    });

    [Fact]
    public void A_known_example()
    {
        var bytes = new byte[2];
        BitPacking.Pack([1, 2, 3, 5], 3, bytes);
        Assert.Equal([0b11_010_001, 0b0000_1010], bytes);
    }

    [Fact]
    public void Codes_that_do_not_fit_and_wrong_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BitPacking.Pack([4], 2, new byte[1]));
        Assert.Throws<ArgumentException>(() => BitPacking.Pack([-1], 31, new byte[4]));
        Assert.Throws<ArgumentException>(() => BitPacking.Pack([1], 2, new byte[2]));
        Assert.Throws<ArgumentException>(() => BitPacking.Unpack(new byte[2], 2, new int[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BitPacking.Pack([], 33, []));
    }
}
