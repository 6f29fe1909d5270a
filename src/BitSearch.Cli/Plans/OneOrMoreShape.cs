using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>A value, or a list of them.</summary>
/// <typeparam name="T">The values.</typeparam>
/// <param name="one">The short form.</param>
/// <param name="list">The long form.</param>
internal sealed class OneOrMoreShape<T>(ScalarShape<T> one, ListShape<T> list) : Shape<EquatableArray<T>>
{
    /// <inheritdoc/>
    public override string Expected => $"{one.Expected}, or {list.Expected}";

    /// <inheritdoc/>
    public override bool TryRead(PlanNode node, string path, PlanReading reading, out EquatableArray<T> value)
    {
        if (node is PlanNode.List)
        {
            return list.TryRead(node, path, reading, out value);
        }

        var fine = one.TryRead(node, path, reading, out var read);
        value = fine ? [read] : [];
        return fine;
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["oneOf"] = new JsonArray(one.Schema(), list.Schema()) };

    /// <inheritdoc/>
    public override void Flatten(string path, EquatableArray<T> value, IDictionary<string, string> fields) => list.Flatten(path, value, fields);
}
