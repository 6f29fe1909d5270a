using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <summary>
/// A safetensors file (Hugging Face 2022) in memory: 8 bytes of little-endian header length, a JSON header, the data. Owns its
/// tensors, which live outside every dispose scope. Hostile files are refused before anything is allocated for their data.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private const long MaxHeader = 100_000_000;
    private readonly Dictionary<string, SafetensorsTensor> _tensors;

    private SafetensorsFile(string path, IReadOnlyDictionary<string, string> metadata, Dictionary<string, SafetensorsTensor> tensors)
    {
        (Path, Metadata, _tensors) = (path, metadata, tensors);
        Names = [.. tensors.Keys];
    }

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>Free text pairs.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors' names in the order of their data.</summary>
    public EquatableArray<string> Names { get; }

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public SafetensorsTensor this[string name] => _tensors[name];

    /// <summary>The tensor of that name, or null.</summary>
    public SafetensorsTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>Reads a file.</summary>
    /// <exception cref="PlanException">Missing, unreadable or malformed, naming file, tensor and value.</exception>
    public static SafetensorsFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var header = ReadHeader(path, stream);
            return new SafetensorsFile(path, header.Metadata, ReadTensors(path, stream, header));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, $"cannot be read: {e.Message}", "name a readable safetensors file");
        }
    }

    /// <summary>
    /// Writes a file beside its place and renames it. The same content gives the same bytes: tensors by falling element size,
    /// then by ordinal name; metadata by ordinal key; the header padded by spaces to a multiple of 8 bytes.
    /// </summary>
    /// <param name="path">Where to; an existing file is replaced.</param>
    /// <param name="tensors">By name; any device and layout.</param>
    /// <param name="metadata">Free text pairs, or null.</param>
    /// <exception cref="ArgumentException">A name is <c>__metadata__</c> or a type is not in the format.</exception>
    /// <exception cref="PlanException">The disk refuses.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = tensors
            .OrderByDescending(t => SafetensorsType.Of(t.Value.dtype).Size)
            .ThenBy(t => t.Key, StringComparer.Ordinal).ToArray();
        var header = MakeHeader(ordered, metadata);
        WriteBeside.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in ordered)
            {
                using var scope = new TensorScope();
                stream.Write(tensor.detach().cpu().contiguous().bytes);
            }
        });
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
        {
            tensor.Values.Dispose();
        }
    }

    private static SafetensorsHeader ReadHeader(string path, FileStream stream)
    {
        var prefix = new byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
        {
            throw new PlanException(path, $"has {stream.Length} bytes where at least 8 are expected", SafetensorsHeader.Remedy);
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeader || length > (ulong)(stream.Length - 8))
        {
            throw new PlanException(path,
                $"promises a header of {length} bytes where the file has {stream.Length - 8} more and {MaxHeader} are the most allowed", SafetensorsHeader.Remedy);
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(path, json, stream.Length - 8 - (long)length);
    }

    private static Dictionary<string, SafetensorsTensor> ReadTensors(string path, FileStream stream, SafetensorsHeader header)
    {
        if (header.Places.FirstOrDefault(p => p.End - p.Begin > int.MaxValue) is { } large)
        {
            throw new PlanException($"{path}: {large.Name}", $"has {large.End - large.Begin} bytes", $"at most {int.MaxValue} bytes a tensor are read");
        }

        using var scope = new TensorScope();
        var tensors = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal);
        foreach (var place in header.Places)
        {
            var tensor = empty(place.Shape, place.Type);
            if (place.End > place.Begin)
            {
                stream.ReadExactly(tensor.bytes);
            }

            tensors.Add(place.Name, new SafetensorsTensor(place.Name, tensor));
        }

        foreach (var tensor in tensors.Values)
        {
            scope.Detach(tensor.Values);
        }

        return tensors;
    }

    private static byte[] MakeHeader(KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, text) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, text);
                }

                json.WriteEndObject();
            }

            var offset = 0L;
            foreach (var (name, tensor) in tensors)
            {
                offset = WriteEntry(json, name, tensor, offset);
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long offset)
    {
        if (name == "__metadata__")
        {
            throw new ArgumentException("No tensor can be named __metadata__.");
        }

        var (type, size) = SafetensorsType.Of(tensor.dtype);
        var end = offset + (tensor.numel() * size);
        json.WriteStartObject(name);
        json.WriteString("dtype", type);
        json.WriteStartArray("shape");
        foreach (var d in tensor.shape)
        {
            json.WriteNumberValue(d);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
