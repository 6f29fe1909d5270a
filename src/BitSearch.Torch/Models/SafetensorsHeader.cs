using System.Text.Json;
using System.Text.Unicode;
using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <summary>Where one tensor lies in the data part: bytes <paramref name="Begin"/> up to but not including <paramref name="End"/>.</summary>
internal sealed record SafetensorsPlace(string Name, ScalarType Type, long[] Shape, long Begin, long End);

/// <summary>
/// The header of a safetensors file, checked before anything is allocated for the data: what passes covers the data part
/// exactly once, without hole or overlap.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>What every problem in a header is answered with.</summary>
    public const string Remedy = "get or export the file anew: it is damaged or not a safetensors file";

    private const int MaxDimensions = 32;
    private readonly string _path;
    private readonly long _dataLength;
    private readonly List<Problem> _problems = [];
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<SafetensorsPlace> _places = [];

    private SafetensorsHeader(string path, long dataLength) => (_path, _dataLength) = (path, dataLength);

    /// <summary>The free text pairs of <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsPlace> Places => _places;

    /// <summary>Parses and checks.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">Bytes of the file after the header.</param>
    /// <exception cref="PlanException">With all mistakes of the header.</exception>
    public static SafetensorsHeader Parse(string path, ReadOnlyMemory<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader(path, dataLength);
        if (json.IsEmpty || json.Span[0] != (byte)'{' || !Utf8.IsValid(json.Span))
        {
            throw new PlanException(path, "the header is not a JSON object in UTF-8", Remedy);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            header.ReadAll(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape such as \ud800 alone, which is no text.
            throw new PlanException(path, $"the header is not valid JSON: {e.Message}", Remedy);
        }

        header.CheckCover();
        return header._problems.Count == 0 ? header : throw new PlanException(header._problems);
    }

    private void ReadAll(JsonElement root)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in root.EnumerateObject())
        {
            if (!seen.Add(entry.Name))
            {
                Wrong(entry.Name, "appears twice in the header");
            }
            else if (entry.Name == "__metadata__")
            {
                ReadMetadata(entry.Value);
            }
            else
            {
                ReadTensor(entry.Name, entry.Value);
            }
        }
    }

    private void ReadMetadata(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong("__metadata__", $"is a JSON {value.ValueKind} where an object of texts is expected");
            return;
        }

        foreach (var pair in value.EnumerateObject())
        {
            if (pair.Value.ValueKind != JsonValueKind.String)
            {
                Wrong($"__metadata__.{pair.Name}", $"is a JSON {pair.Value.ValueKind} where a text is expected");
            }
            else if (!_metadata.TryAdd(pair.Name, pair.Value.GetString()!))
            {
                Wrong($"__metadata__.{pair.Name}", "appears twice");
            }
        }
    }

    private void ReadTensor(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong(name, $"is a JSON {value.ValueKind} where an object with dtype, shape and data_offsets is expected");
            return;
        }

        var fields = value.EnumerateObject().ToArray();
        if (fields.Length != 3 || fields.Select(f => f.Name).Except(["dtype", "shape", "data_offsets"]).Any()
            || fields.DistinctBy(f => f.Name).Count() != 3)
        {
            Wrong(name, $"has the fields [{string.Join(", ", fields.Select(f => f.Name))}] where dtype, shape and data_offsets, once each, are expected");
            return;
        }

        var dtype = value.GetProperty("dtype");
        if (dtype.ValueKind != JsonValueKind.String || !SafetensorsType.TryParse(dtype.GetString(), out var type, out var size))
        {
            Wrong(name, $"has the dtype {dtype.GetRawText()}; known are {SafetensorsType.Names}");
        }
        else if (SafetensorsJson.Numbers(value.GetProperty("shape")) is not { } shape || shape.Length > MaxDimensions || SafetensorsJson.Bytes(shape, size) is not { } bytes)
        {
            Wrong(name, $"has the shape {SafetensorsJson.Raw(value, "shape")} where at most {MaxDimensions} non-negative whole numbers with a representable product are expected");
        }
        else if (SafetensorsJson.Numbers(value.GetProperty("data_offsets")) is not [var begin, var end] || begin > end || end > _dataLength)
        {
            Wrong(name, $"has the data_offsets {SafetensorsJson.Raw(value, "data_offsets")} where two rising numbers from 0 to {_dataLength} are expected");
        }
        else if (end - begin != bytes)
        {
            Wrong(name, $"has {end - begin} bytes of data where its shape [{string.Join(", ", shape)}] of {dtype.GetString()} needs {bytes}");
        }
        else
        {
            _places.Add(new SafetensorsPlace(name, type, shape, begin, end));
        }
    }

    /// <summary>The data part must be covered exactly once; empty tensors may lie at any border.</summary>
    private void CheckCover()
    {
        if (_problems.Count > 0)
        {
            return;
        }

        _places.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)) is var c and not 0 ? c : string.CompareOrdinal(a.Name, b.Name));
        var covered = 0L;
        foreach (var place in _places)
        {
            if (place.Begin != covered)
            {
                Wrong(place.Name, place.Begin < covered
                    ? $"begins at byte {place.Begin} inside its predecessor, which ends at {covered} (overlap)"
                    : $"begins at byte {place.Begin} where its predecessor ends at {covered} (hole)");
            }

            covered = place.End;
        }

        if (_problems.Count == 0 && covered != _dataLength)
        {
            _problems.Add(new Problem(_path, $"{_dataLength - covered} bytes after byte {covered} of the data belong to no tensor", Remedy));
        }
    }

    private void Wrong(string tensor, string wrong) => _problems.Add(new Problem($"{_path}: {tensor}", wrong, Remedy));
}
