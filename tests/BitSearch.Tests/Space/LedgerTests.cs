using System.Text.Json;
using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

public sealed class LedgerTests
{
    private static readonly Gen<(NetworkDescription Network, Schedule Schedule)> Any = Gen.ULong.Select(seed =>
    {
        var network = SmallSpaces.Of(seed).Network;
        var random = new SeededRandom(seed);
        var granularities = Enum.GetValues<ScaleGranularity>();
        ScaleGranularity Some() => granularities[random.Next(granularities.Length)];
        return (network with { Scales = new ScaleRule(Some(), Some(), Some(), Some()) }, AnySchedule(network, random));
    });

    private static Schedule AnySchedule(NetworkDescription network, SeededRandom random) =>
        new(network.Points.Select(_ => new Bitwidth(random.Next(1, 33))).ToEquatableArray());

    [Fact]
    public void A_small_file_is_laid_out_as_counted_by_hand()
    {
        // conv [4, 3]: 12 codes of 3 bits are 4.5 bytes, so 5 and 3 of padding, and one scale; input [3, 8, 8] at 8 bits: one
        // scale; norm [2, 4]: 32 bytes.
        var network = TestNetworks.Of("one", ("conv", [4, 3]));
        var layout = PackedLayout.Of(network, Schedule.Parse("3-8"));
        var header = layout.HeaderLength;
        Assert.Equal(
            [
                new("conv.weight", "conv", LedgerKind.Codes, header, 5), new("conv.weight", "conv", LedgerKind.Scales, header + 8, 4),
                new("conv.input", "conv", LedgerKind.Scales, header + 12, 4), new("conv.norm", "conv", LedgerKind.Norm, header + 16, 32),
            ],
            layout.Sections);
        Assert.Equal(header + 48, layout.Length);
        Assert.Equal(3, layout.Ledger.Of(LedgerKind.Padding).Bytes);
        Assert.Equal(9, layout.Ledger.Weights.Bytes);
    }

    [Fact]
    public void The_total_is_the_length_and_the_sections_neither_overlap_nor_leave_gaps() => Any.Sample(pair =>
    {
        var layout = PackedLayout.Of(pair.Network, pair.Schedule);
        Assert.Equal(layout.Length, layout.Ledger.Total.Bytes);
        Assert.All(layout.Ledger.Entries, e => Assert.True(e.Size > MemorySize.Zero));
        var end = layout.HeaderLength;
        foreach (var section in layout.Sections)
        {
            Assert.Equal(0, section.Offset % PackedLayout.Alignment);
            Assert.InRange(section.Offset, end, end + PackedLayout.Alignment - 1);
            end = section.Offset + section.Length;
        }

        Assert.InRange(layout.Length, end, end + PackedLayout.Alignment - 1);
    });

    [Fact]
    public void Sizes_add_up_point_by_point() => Any.Sample(pair =>
    {
        var (network, schedule) = pair;
        var points = network.Points.Select((p, i) => PackedLayout.PointBytes(network, p, schedule[i])).Sum();
        Assert.Equal(PackedLayout.Of(network, schedule).Length, PackedLayout.BaseBytes(network) + points);
        var weights = network.Points.Select((p, i) => PackedLayout.WeightBytes(network, p, schedule[i])).Sum();
        Assert.Equal(Ledger.Of(network, schedule).Weights.Bytes, weights);
    });

    [Fact]
    public void Codes_of_weights_take_exactly_their_bits_rounded_up_to_bytes() => Any.Sample(pair =>
    {
        var (network, schedule) = pair;
        var codes = network.Points.Select((p, i) => p.Kind == PointKind.Weight ? ((p.Elements * schedule[i].Bits) + 7) / 8 : 0).Sum();
        Assert.Equal(codes, Ledger.Of(network, schedule).Of(LedgerKind.Codes).Bytes);
    });

    [Fact]
    public void The_header_is_json_of_the_same_length_under_every_schedule() => Any.Sample(pair =>
    {
        var (network, schedule) = pair;
        var header = PackedLayout.WriteHeader(network, schedule);
        var length = PackedLayout.Of(network, Schedule.Homogeneous(schedule.Count, Bitwidth.Full)).HeaderLength;
        Assert.Equal(length, header.Length);
        Assert.Equal(PackedLayout.Magic, header.AsSpan(0, 8));
        Assert.Equal(length - PackedLayout.PrefixLength, BitConverter.ToUInt32(header, 8));
        using var index = JsonDocument.Parse(header.AsMemory(PackedLayout.PrefixLength));
        Assert.Equal(schedule.Widths.Select(w => w.Bits), index.RootElement.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("bits").GetInt32()));
        Assert.Equal(
            network.Points.Select((p, i) => network.Scales.Count(p, schedule[i])),
            index.RootElement.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("scales").GetInt32()));
    });

    [Fact]
    public void A_name_that_json_must_escape_stays_readable()
    {
        var network = TestNetworks.Of("a \"quoted\"\\ ü", ("l\"1\"", [1, 1]));
        using var index = JsonDocument.Parse(PackedLayout.WriteHeader(network, Schedule.Parse("1-1")).AsMemory(PackedLayout.PrefixLength));
        Assert.Equal(network.Name, index.RootElement.GetProperty("network").GetString());
    }

    [Fact]
    public void A_schedule_of_another_network_is_our_bug() =>
        Assert.Throws<ArgumentException>(() => Ledger.Of(TestNetworks.ResNet20(), Schedule.Parse("8-4")));
}
