using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>A word or number for the common case, or a group of keys.</summary>
/// <typeparam name="T">What both are read into.</typeparam>
/// <param name="word">The short form.</param>
/// <param name="group">The long form.</param>
/// <param name="isWord">Whether a value's canonical form is the short one.</param>
internal sealed class EitherShape<T>(ScalarShape<T> word, MapShape<T> group, Func<T, bool> isWord) : Shape<T>
{
    /// <inheritdoc/>
    public override string Expected => $"{word.Expected}, or {group.Expected}";

    /// <inheritdoc/>
    public override bool TryRead(PlanNode node, string path, PlanReading reading, out T value)
    {
        if (node is PlanNode.List)
        {
            reading.Wrong(path, $"{node.Kind} does not belong here", Expected, node.Line);
            value = default!;
            return false;
        }

        return node is PlanNode.Map ? group.TryRead(node, path, reading, out value) : word.TryRead(node, path, reading, out value);
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["oneOf"] = new JsonArray(word.Schema(), group.Schema()) };

    /// <inheritdoc/>
    public override void Flatten(string path, T value, IDictionary<string, string> fields)
    {
        Shape<T> form = isWord(value) ? word : group;
        form.Flatten(path, value, fields);
    }
}
