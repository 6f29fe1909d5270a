using System.Text.Json;
using System.Text.RegularExpressions;

namespace BitSearch.Allocation;

/// <summary>
/// Reads sensitivity tables from JSON (docs/solver.md): <c>layers</c> in order of depth, and optionally <c>ties</c> (lists of
/// places in <c>layers</c>, from 0) and <c>cost</c> (an object whose keys name the costs).
/// </summary>
public static partial class SensitivityFile
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a file.</summary>
    /// <exception cref="PlanException">It cannot be read or is no table; each mistake is named with its layer.</exception>
    public static SensitivityTable Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, $"cannot be read: {e.Message}", "name a table (JSON, see docs/solver.md)");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="json">The text. <c>NaN</c> and <c>Infinity</c>, which Python writes, are understood and refused by layer.</param>
    /// <param name="place">What messages call it.</param>
    /// <exception cref="PlanException">It is no table; each mistake is named with its layer.</exception>
    public static SensitivityTable Parse(string json, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(NotANumber().Replace(json, m => m.Value[0] == '"' ? m.Value : $"\"{m.Value}\""), Strict);
            return Table(document.RootElement, place);
        }
        catch (JsonException e)
        {
            throw new PlanException($"{place}:{e.LineNumber + 1}", $"is no JSON: {e.Message}", "a JSON object with layers (docs/solver.md)");
        }
    }

    private static SensitivityTable Table(JsonElement root, string place)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("layers", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new PlanException(place, "there is no list 'layers'", "a JSON object with layers (docs/solver.md)");
        }

        var problems = new List<Problem>();
        var layers = list.EnumerateArray().Select((layer, i) => new LayerReading(layer, i, place, problems)).ToList();
        var measures = Measures(root, layers, place, problems);
        var ties = Ties(root, layers.Count, place, problems);
        var widths = layers.SelectMany(l => l.Widths).Distinct().Order().ToList();
        var points = layers.Select((l, i) => l.Point(widths, measures) with { TieGroup = ties.GetValueOrDefault(i) }).ToList();
        if (problems.Count > 0)
        {
            throw new PlanException(problems);
        }

        try
        {
            return SensitivityTable.Of(measures, points);
        }
        catch (PlanException e)
        {
            throw new PlanException(e.Problems.Select(p => p with { Place = $"{place}: {p.Place}" }));
        }
    }

    private static List<CostMeasure> Measures(JsonElement root, List<LayerReading> layers, string place, List<Problem> problems)
    {
        CostMeasure[] known = [CostMeasure.Size, CostMeasure.BitOperations, CostMeasure.Latency];
        if (!root.TryGetProperty("cost", out var named))
        {
            return [.. known.Where(m => layers.Exists(l => l.Has(m.Name)))];
        }

        if (named.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new Problem($"{place}: cost", $"it is {named.ValueKind}", "an object whose keys name the costs"));
            return [];
        }

        return [.. named.EnumerateObject().Select(c => Array.Find(known, m => m.Name == c.Name) ?? CostMeasure.Of(c.Name))];
    }

    private static Dictionary<int, string> Ties(JsonElement root, int count, string place, List<Problem> problems)
    {
        var ties = new Dictionary<int, string>();
        if (!root.TryGetProperty("ties", out var groups))
        {
            return ties;
        }

        foreach (var (group, i) in (groups.ValueKind == JsonValueKind.Array ? groups.EnumerateArray().ToList() : [groups]).Select((g, i) => (g, i)))
        {
            foreach (var member in group.ValueKind == JsonValueKind.Array ? group.EnumerateArray().ToList() : [group])
            {
                if (member.ValueKind != JsonValueKind.Number || !member.TryGetInt32(out var layer) || layer < 0 || layer >= count)
                {
                    problems.Add(new Problem($"{place}: ties[{i}]", $"{member.GetRawText()} is no layer", $"lists of places in layers, 0 to {count - 1}"));
                }
                else if (!ties.TryAdd(layer, $"tie {i}"))
                {
                    problems.Add(new Problem($"{place}: ties[{i}]", $"layer {layer} is tied twice", "each layer in one list at most"));
                }
            }
        }

        return ties;
    }

    // Strings are matched first, so that what they hold is left alone.
    [GeneratedRegex(@"""(?:\\.|[^""\\])*""|-?\b(?:NaN|Infinity)\b")]
    private static partial Regex NotANumber();
}
