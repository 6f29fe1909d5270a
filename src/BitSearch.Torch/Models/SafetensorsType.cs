using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <summary>The element types of safetensors files that TorchSharp has too.</summary>
internal static class SafetensorsType
{
    private static readonly (string Name, ScalarType Type, int Size)[] Known =
    [
        ("BOOL", ScalarType.Bool, 1), ("U8", ScalarType.Byte, 1), ("I8", ScalarType.Int8, 1), ("I16", ScalarType.Int16, 2),
        ("I32", ScalarType.Int32, 4), ("I64", ScalarType.Int64, 8), ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2), ("F32", ScalarType.Float32, 4), ("F64", ScalarType.Float64, 8),
    ];

    /// <summary>All names, for messages.</summary>
    public static string Names => string.Join(", ", Known.Select(k => k.Name));

    /// <summary>The type of that name and its bytes an element; false if unknown.</summary>
    public static bool TryParse(string? name, out ScalarType type, out int size)
    {
        var found = Array.Find(Known, k => k.Name == name);
        (type, size) = (found.Type, found.Size);
        return found.Name is not null;
    }

    /// <summary>Name and bytes an element of a type.</summary>
    /// <exception cref="ArgumentException">The format has no such type.</exception>
    public static (string Name, int Size) Of(ScalarType type)
    {
        var found = Array.Find(Known, k => k.Type == type && k.Name is not null);
        return found.Name is null ? throw new ArgumentException($"Safetensors files cannot hold {type}.") : (found.Name, found.Size);
    }
}
