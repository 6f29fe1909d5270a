using BitSearch.Space;
using CsCheck;

namespace BitSearch.Tests;

public sealed class ValueTests
{
    [Fact]
    public void A_forgotten_bitwidth_is_full_precision()
    {
        Assert.Equal(32, default(Bitwidth).Bits);
        Assert.True(default(Bitwidth).IsFull);
        Assert.Equal(new Bitwidth(32), Bitwidth.Full);
        Assert.False(new Bitwidth(31).IsFull);
    }

    [Fact]
    public void Bitwidths_are_1_to_32_ordered_by_bits_and_read_what_they_write() => Gen.Select(Gen.Int[1, 32], Gen.Int[1, 32]).Sample((a, b) =>
    {
        var (x, y) = (new Bitwidth(a), new Bitwidth(b));
        bool[] expected = [a < b, a > b, a <= b, a >= b, a == b];
        bool[] actual = [x < y, x > y, x <= y, x >= y, x == y];
        Assert.Equal(expected, actual);
        Assert.Equal(a.CompareTo(b), x.CompareTo(y));
        Assert.True(Bitwidth.TryParse(x.ToString(), out var read));
        Assert.Equal(x, read);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    [InlineData(-1)]
    public void Other_bitwidths_are_our_bug(int bits) => Assert.Throws<ArgumentOutOfRangeException>(() => new Bitwidth(bits));

    [Theory]
    [InlineData("0")]
    [InlineData("33")]
    [InlineData("-4")]
    [InlineData("+4")]
    [InlineData(" 4")]
    [InlineData("4.0")]
    [InlineData("")]
    [InlineData("٤")]
    public void Text_that_is_no_bitwidth_is_not_read(string text) => Assert.False(Bitwidth.TryParse(text, out _));

    [Fact]
    public void Memory_adds_in_bits_and_shows_exact_bytes()
    {
        Assert.Equal(new MemorySize(17), MemorySize.FromBytes(2) + new MemorySize(1));
        Assert.Equal(3, new MemorySize(17).Bytes);
        Assert.Equal("65,536 bytes (64.00 KiB)", MemorySize.FromBytes(65536).ToString());
        Assert.Equal("unlimited", MemorySize.Unlimited.ToString());
        Assert.Equal((long.MaxValue / 8) + 1, MemorySize.Unlimited.Bytes);
        Assert.Equal(0.5, MemorySize.FromBytes(512).KiB);
    }

    [Fact]
    public void Memory_is_never_negative_and_never_overflows_silently()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemorySize(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemorySize(1) - new MemorySize(2));
        Assert.Throws<OverflowException>(() => MemorySize.Unlimited + new MemorySize(1));
        Assert.Throws<OverflowException>(() => MemorySize.FromBytes(long.MaxValue / 4));
    }

    [Fact]
    public void Schedules_are_equal_by_content_and_read_what_they_write() => Gen.Int[1, 32].Array[1, 30].Sample(bits =>
    {
        var schedule = new Schedule(TestNetworks.Bits(bits));
        Assert.Equal(string.Join('-', bits), schedule.ToString());
        Assert.Equal(schedule, Schedule.Parse(schedule.ToString()));
        Assert.Equal(schedule.GetHashCode(), new Schedule(TestNetworks.Bits(bits)).GetHashCode());
        Assert.NotEqual(schedule, new Schedule(TestNetworks.Bits([.. bits, 1])));
    });

    [Theory]
    [InlineData("")]
    [InlineData("8-")]
    [InlineData("8--4")]
    [InlineData("8,4")]
    [InlineData("8-0")]
    [InlineData("8 - 4")]
    public void Text_that_is_no_schedule_is_refused(string text)
    {
        Assert.False(Schedule.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => Schedule.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_schedule_is_our_bug() => Assert.Throws<ArgumentException>(() => new Schedule([]));

    [Fact]
    public void Lists_compare_by_content_and_a_default_one_is_empty()
    {
        Assert.Equal([1, 2], (EquatableArray<int>)[1, 2]);
        Assert.True((EquatableArray<int>)[1, 2] == new[] { 1, 2 }.ToEquatableArray());
        Assert.True((EquatableArray<int>)[1, 2] != [2, 1]);
        Assert.Equal(((EquatableArray<int>)[1, 2]).GetHashCode(), ((EquatableArray<int>)[1, 2]).GetHashCode());
        Assert.Empty(default(EquatableArray<int>));
        Assert.Equal([], default(EquatableArray<int>));
    }
}
