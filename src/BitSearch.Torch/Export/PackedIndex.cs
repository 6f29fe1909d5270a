using System.Buffers.Binary;
using System.Text.Json;
using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;

namespace BitSearch.Torch.Export;

/// <summary>
/// What the header of a packed file says. Only what decides the rest is read; the header written for that must then be the
/// file's to the byte, so no contradiction between index and network can pass.
/// </summary>
internal sealed record PackedIndex(NetworkFactory Factory, NetworkSpec Spec, QuantizerPair Quantizers, NetworkDescription Network, Schedule Schedule)
{
    public const string Remedy = "a file written by 'bitsearch export --format packed'";

    /// <exception cref="PlanException">The header is wrong in any way.</exception>
    public static PackedIndex Read(string path, ReadOnlyMemory<byte> file)
    {
        if (file.Length < PackedLayout.PrefixLength || !file.Span.StartsWith(PackedLayout.Magic))
        {
            throw new PlanException(path, "is no packed network (its first bytes are not BITSRCH1)", Remedy);
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(file.Span[PackedLayout.Magic.Length..]);
        if (length > file.Length - PackedLayout.PrefixLength)
        {
            throw new PlanException(path, $"promises an index of {length} bytes where {file.Length - PackedLayout.PrefixLength} follow", Remedy);
        }

        try
        {
            using var json = JsonDocument.Parse(file.Slice(PackedLayout.PrefixLength, (int)length), new JsonDocumentOptions { MaxDepth = 8 });
            var index = Of(path, json.RootElement);
            var expected = PackedLayout.WriteHeader(index.Network, index.Schedule);
            return file.Span.StartsWith(expected) ? index : throw new PlanException(
                path, $"the index does not describe {index.Network.Name} with the quantizers {index.Quantizers.Name}", Remedy);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new PlanException(path, $"the index cannot be read: {e.Message}", Remedy);
        }
    }

    private static PackedIndex Of(string path, JsonElement json)
    {
        var factory = NetworkFactory.Catalog.Create(json.GetProperty("network").GetString() ?? "", $"{path}: network");
        var quantizers = QuantizerPair.Parse(json.GetProperty("quantizer").GetString() ?? "", $"{path}: quantizer");
        var spec = new NetworkSpec(
            json.GetProperty("input").EnumerateArray().Select(side => side.GetInt64()).ToEquatableArray(),
            json.GetProperty("classes").GetInt32(),
            json.GetProperty("widthMultiplier").GetDouble());
        var network = quantizers.Describe(Describe(path, factory, spec));
        var widths = json.GetProperty("points").EnumerateArray().Select(p => Width(path, p)).ToEquatableArray();
        if (widths.Count != network.Points.Count)
        {
            throw new PlanException(path, $"has {widths.Count} points", $"{network.Name} has {network.Points.Count}");
        }

        var schedule = new Schedule(widths);
        var problems = quantizers.Check(network, schedule, path).ToArray();
        return problems.Length == 0
            ? new PackedIndex(factory, spec, quantizers, network, schedule)
            : throw new PlanException(problems);
    }

    private static NetworkDescription Describe(string path, NetworkFactory factory, NetworkSpec spec)
    {
        try
        {
            return factory.Describe(spec);
        }
        catch (PlanException e)
        {
            throw new PlanException(e.Problems.Select(p => p with { Place = $"{path}: {p.Place}" }));
        }
    }

    private static Bitwidth Width(string path, JsonElement point)
    {
        var bits = point.GetProperty("bits").GetInt32();
        return bits is >= 1 and <= Bitwidth.Maximum
            ? new Bitwidth(bits)
            : throw new PlanException($"{path}: {point.GetProperty("name").GetString()}", $"has {bits} bits", $"1 to {Bitwidth.Maximum}");
    }
}
