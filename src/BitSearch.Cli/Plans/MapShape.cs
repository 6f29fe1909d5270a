using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>A group of keys.</summary>
/// <typeparam name="T">What the group is read into.</typeparam>
/// <param name="expected">What would be right, for people.</param>
/// <param name="start">What the group is when no key is given: holds the defaults.</param>
/// <param name="fields">The keys.</param>
internal sealed class MapShape<T>(string expected, T start, params Field<T>[] fields) : Shape<T>
{
    /// <inheritdoc/>
    public override string Expected => expected;

    /// <summary>Whether exactly one of the keys is to be given.</summary>
    public bool OneKey { get; init; }

    /// <inheritdoc/>
    public override bool TryRead(PlanNode node, string path, PlanReading reading, out T value)
    {
        value = start;
        if (node is not PlanNode.Map map || (OneKey && map.Entries.Count != 1))
        {
            reading.Wrong(path, node is PlanNode.Map ? "exactly one key belongs here" : $"{node.Kind} does not belong here", expected, node.Line);
            return false;
        }

        var fine = true;
        foreach (var group in map.Entries.GroupBy(e => e.Key))
        {
            var place = Join(path, group.Key);
            foreach (var again in group.Skip(1))
            {
                reading.Wrong(place, $"the key is given twice, first in line {group.First().Line}", "keep one of them", again.Line);
                fine = false;
            }

            reading.Found(place, group.First().Line);
            if (Array.Find(fields, f => f.Name == group.Key) is not { } field)
            {
                var guess = Shapes.DidYouMean(group.Key, fields.Select(f => f.Name));
                reading.Wrong(place, $"the key '{group.Key}' is unknown", $"{guess}{(guess is null ? "" : " ")}keys here are {string.Join(", ", fields.Select(f => f.Name))}");
                fine = false;
                continue;
            }

            fine &= field.TryRead(group.First().Value, place, reading, ref value);
        }

        foreach (var missing in fields.Where(f => f.IsRequired && !map.Entries.Any(e => e.Key == f.Name)))
        {
            reading.Wrong(Join(path, missing.Name), "the key is missing", missing.Expected, map.Line);
            fine = false;
        }

        return fine;
    }

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Schema(start)))),
        };
        if (fields.Any(f => f.IsRequired))
        {
            schema["required"] = new JsonArray([.. fields.Where(f => f.IsRequired).Select(f => (JsonNode)f.Name)]);
        }

        if (OneKey)
        {
            (schema["minProperties"], schema["maxProperties"]) = (1, 1);
        }

        return schema;
    }

    /// <inheritdoc/>
    public override void Flatten(string path, T value, IDictionary<string, string> into)
    {
        foreach (var field in fields)
        {
            field.Flatten(Join(path, field.Name), value, into);
        }
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
