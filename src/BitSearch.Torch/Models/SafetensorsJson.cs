using System.Text.Json;

namespace BitSearch.Torch.Models;

/// <summary>Reads the numbers of a safetensors header without trusting them.</summary>
internal static class SafetensorsJson
{
    /// <summary>Non-negative whole numbers, or null if it is anything else.</summary>
    public static long[]? Numbers(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var numbers = new List<long>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0)
            {
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>Bytes of a tensor; null if the product overflows, also with zeros counted as ones, since strides are made of that.</summary>
    public static long? Bytes(long[] shape, int size)
    {
        try
        {
            _ = shape.Aggregate((long)size, (product, d) => checked(product * Math.Max(d, 1)));
            return shape.Aggregate((long)size, (product, d) => product * d);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The field as written, cut after 200 characters.</summary>
    public static string Raw(JsonElement value, string field)
    {
        var text = value.GetProperty(field).GetRawText();
        return text.Length <= 200 ? text : text[..200] + "...";
    }
}
