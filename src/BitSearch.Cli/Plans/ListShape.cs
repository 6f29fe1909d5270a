using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>A list of values.</summary>
/// <typeparam name="T">The values.</typeparam>
/// <param name="expected">What would be right, for people.</param>
/// <param name="item">Each of them.</param>
/// <param name="least">How few are allowed.</param>
/// <param name="key">What two of them must not have in common, with its name; null: nothing.</param>
internal sealed class ListShape<T>(string expected, Shape<T> item, int least = 0, Func<T, string>? key = null) : Shape<EquatableArray<T>>
{
    /// <summary>The name of what must be different, <c>.name</c>; empty if it is the value itself.</summary>
    public string KeyName { get; init; } = "";

    /// <summary>The order in which values are kept; as written by default.</summary>
    public Func<IEnumerable<T>, IEnumerable<T>> Order { get; init; } = values => values;

    /// <inheritdoc/>
    public override string Expected => expected;

    /// <inheritdoc/>
    public override bool TryRead(PlanNode node, string path, PlanReading reading, out EquatableArray<T> value)
    {
        value = default;
        if (node is not PlanNode.List list || list.Items.Count < least)
        {
            reading.Wrong(path, node is PlanNode.List ? "the list is empty" : $"{node.Kind} does not belong here", expected, node.Line);
            return false;
        }

        var (values, fine, first) = (new List<T>(), true, new Dictionary<string, int>());
        for (var i = 0; i < list.Items.Count; i++)
        {
            var place = $"{path}[{i}]";
            reading.Found(place, list.Items[i].Line);
            if (!item.TryRead(list.Items[i], place, reading, out var read))
            {
                fine = false;
            }
            else if (key is not null && !first.TryAdd(key(read), i))
            {
                reading.Wrong(place + KeyName, $"'{key(read)}' is given twice, also in {path}[{first[key(read)]}]", "keep one of them, or change one");
                fine = false;
            }

            values.Add(read);
        }

        value = fine ? Order(values).ToEquatableArray() : default;
        return fine;
    }

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        if (least > 0)
        {
            schema["minItems"] = least;
        }

        if (key is not null && KeyName.Length == 0)
        {
            schema["uniqueItems"] = true;
        }

        return schema;
    }

    /// <inheritdoc/>
    public override void Flatten(string path, EquatableArray<T> value, IDictionary<string, string> fields)
    {
        if (item is ScalarShape<T> scalar)
        {
            fields[path] = string.Join(", ", value.Select(scalar.Print));
            return;
        }

        for (var i = 0; i < value.Count; i++)
        {
            item.Flatten($"{path}[{i}]", value[i], fields);
        }
    }
}
