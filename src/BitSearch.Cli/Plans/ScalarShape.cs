using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>A text, number or word.</summary>
/// <typeparam name="T">What it means.</typeparam>
/// <param name="expected">What would be right, for people.</param>
/// <param name="read">The meaning; false if there is none.</param>
/// <param name="print">The canonical text.</param>
/// <param name="schema">The JSON Schema.</param>
internal sealed class ScalarShape<T>(string expected, ScalarShape<T>.Reader read, Func<T, string> print, Func<JsonObject> schema) : Shape<T>
{
    /// <summary>Reads the meaning of a scalar.</summary>
    public delegate bool Reader(PlanNode.Scalar scalar, PlanReading reading, out T value);

    /// <summary>Says what else is wrong with a text that has no meaning; null: nothing special.</summary>
    public Func<string, string?> Hint { get; init; } = _ => null;

    /// <inheritdoc/>
    public override string Expected => expected;

    /// <inheritdoc/>
    public override bool TryRead(PlanNode node, string path, PlanReading reading, out T value)
    {
        if (node is PlanNode.Scalar scalar && read(scalar, reading, out value))
        {
            return true;
        }

        var hint = node is PlanNode.Scalar { Text: var text } ? Hint(text) : null;
        reading.Wrong(path, $"{node.Kind} does not belong here", hint is null ? expected : $"{hint} {expected}", node.Line);
        value = default!;
        return false;
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => schema();

    /// <inheritdoc/>
    public override void Flatten(string path, T value, IDictionary<string, string> fields) => fields[path] = print(value);

    /// <summary>The canonical text.</summary>
    public string Print(T value) => print(value);

    /// <inheritdoc/>
    public override JsonNode? Default(T value) => value switch
    {
        null => null,
        bool b => b,
        int or double or ulong => JsonNode.Parse(print(value)),
        _ => print(value),
    };
}
