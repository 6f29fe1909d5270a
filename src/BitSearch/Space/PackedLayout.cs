using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BitSearch.Space;

/// <summary>One run of bytes of the packed file, padding included in neither offset nor length.</summary>
/// <param name="Tensor">The point's or fixed tensor's name.</param>
/// <param name="Layer">The layer it belongs to.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Offset">Bytes from the start of the file; a multiple of <see cref="PackedLayout.Alignment"/>.</param>
/// <param name="Length">Bytes.</param>
public sealed record PackedSection(string Tensor, string Layer, LedgerKind Kind, long Offset, long Length);

/// <summary>
/// Where everything lies in the packed file of a network under a schedule (docs/packed-format.md). The header's length
/// does not depend on the schedule, and each point's bytes depend on its own width alone, so sizes add up.
/// </summary>
/// <param name="Sections">In the order of the file.</param>
/// <param name="HeaderLength">Bytes before the first section.</param>
/// <param name="Length">The length of the file in bytes.</param>
public sealed record PackedLayout(EquatableArray<PackedSection> Sections, long HeaderLength, long Length)
{
    /// <summary>Sections begin at multiples of this many bytes.</summary>
    public const int Alignment = 4;

    /// <summary>The eight bytes that a packed file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "BITSRCH1"u8;

    /// <summary>Magic and the uint32 length of the JSON index that follows it.</summary>
    public const int PrefixLength = 12;

    /// <summary>Every byte by layer and kind.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>Lays out <paramref name="network"/> under <paramref name="schedule"/>.</summary>
    /// <exception cref="ArgumentException">The schedule has another number of points than the network.</exception>
    public static PackedLayout Of(NetworkDescription network, Schedule schedule)
    {
        if (schedule.Count != network.Points.Count)
        {
            throw new ArgumentException($"schedule {schedule} has {schedule.Count} widths, {network.Name} has {network.Points.Count} points", nameof(schedule));
        }

        var header = HeaderBytes(network);
        var sections = new List<PackedSection>();
        var entries = new List<LedgerEntry> { new("", LedgerKind.Header, MemorySize.FromBytes(header)) };
        var end = header;
        var weights = 0L;
        for (var i = 0; i < network.Points.Count; i++)
        {
            var point = network.Points[i];
            var (codes, scales) = (CodeBytes(point, schedule[i]), ScaleBytes(network, point, schedule[i]));
            Append(point.Name, point.Layer, LedgerKind.Codes, codes);
            Append(point.Name, point.Layer, LedgerKind.Scales, scales);
            weights += point.Kind == PointKind.Weight ? codes + scales : 0;
        }

        foreach (var tensor in network.FixedTensors)
        {
            Append(tensor.Name, tensor.Layer, tensor.Kind, 4 * tensor.Elements);
        }

        var ledger = new Ledger(entries.ToEquatableArray()) { Weights = MemorySize.FromBytes(weights) };
        return new PackedLayout(sections.ToEquatableArray(), header, end) { Ledger = ledger };

        void Append(string tensor, string layer, LedgerKind kind, long bytes)
        {
            if (bytes == 0)
            {
                return;
            }

            sections.Add(new PackedSection(tensor, layer, kind, end, bytes));
            entries.Add(new LedgerEntry(layer, kind, MemorySize.FromBytes(bytes)));
            end += bytes;
            if (Aligned(end) - end is > 0 and var padding)
            {
                entries.Add(new LedgerEntry(layer, LedgerKind.Padding, MemorySize.FromBytes(padding)));
                end += padding;
            }
        }
    }

    /// <summary>The bytes that no schedule changes: header and fixed tensors.</summary>
    public static long BaseBytes(NetworkDescription network) => HeaderBytes(network) + network.FixedTensors.Sum(t => 4 * t.Elements);

    /// <summary>The bytes that <paramref name="point"/> takes at <paramref name="width"/> in the file, padding included.</summary>
    public static long PointBytes(NetworkDescription network, QuantizationPoint point, Bitwidth width) =>
        Aligned(CodeBytes(point, width)) + ScaleBytes(network, point, width);

    /// <summary>The bytes of codes and scales of a weight point, padding left out; 0 for activations.</summary>
    public static long WeightBytes(NetworkDescription network, QuantizationPoint point, Bitwidth width) =>
        point.Kind == PointKind.Weight ? CodeBytes(point, width) + ScaleBytes(network, point, width) : 0;

    /// <summary>
    /// The file's first bytes: magic, length and JSON index, padded with spaces to <see cref="HeaderLength"/>.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Its widths.</param>
    public static byte[] WriteHeader(NetworkDescription network, Schedule schedule)
    {
        var json = Encoding.UTF8.GetBytes(Index(network, schedule));
        var bytes = new byte[HeaderBytes(network)];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(Magic.Length), (uint)(bytes.Length - PrefixLength));
        json.CopyTo(bytes.AsSpan(PrefixLength));
        return bytes;
    }

    private static long Aligned(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static long CodeBytes(QuantizationPoint point, Bitwidth width) =>
        point.Kind == PointKind.Weight ? checked((point.Elements * width.Bits) + 7) / 8 : 0;

    private static long ScaleBytes(NetworkDescription network, QuantizationPoint point, Bitwidth width) =>
        4L * network.Scales.Count(point, width);

    private static long HeaderBytes(NetworkDescription network) => Aligned(
        PrefixLength + Encoding.UTF8.GetByteCount(Index(network, Schedule.Homogeneous(network.Points.Count, Bitwidth.Full))));

    private static string Index(NetworkDescription network, Schedule schedule)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"network\":{Quote(network.Name)},\"input\":[{string.Join(',', network.Input)}],\"classes\":{network.Classes},");
        text.Append(CultureInfo.InvariantCulture, $"\"widthMultiplier\":{network.WidthMultiplier:R},\"quantizer\":{Quote(network.Quantizer)},\"points\":[");
        text.AppendJoin(',', network.Points.Select((point, i) => PointEntry(network, point, schedule[i])));
        text.Append("],\"tensors\":[");
        text.AppendJoin(',', network.FixedTensors.Select(t => $"{{\"name\":{Quote(t.Name)},\"shape\":[{string.Join(',', t.Shape)}]}}"));
        return text.Append("]}").ToString();
    }

    // Widths take two characters and scale counts as many as the channel count, so that the length is the same for every schedule.
    private static string PointEntry(NetworkDescription network, QuantizationPoint point, Bitwidth width)
    {
        var digits = point.Channels.ToString(CultureInfo.InvariantCulture).Length;
        var scales = network.Scales.Count(point, width).ToString(CultureInfo.InvariantCulture).PadLeft(digits);
        var shape = point.Kind == PointKind.Weight ? $",\"shape\":[{string.Join(',', point.Shape)}]" : "";
        return $"{{\"name\":{Quote(point.Name)},\"bits\":{width.ToString().PadLeft(2)},\"scales\":{scales}{shape}}}";
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
