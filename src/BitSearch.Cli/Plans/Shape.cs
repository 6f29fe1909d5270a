using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>
/// What a value of a plan looks like, said once: how it is read, how editors are told (JSON Schema), and what it adds to a
/// study's identity.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal abstract class Shape<T>
{
    /// <summary>What would be right, for people.</summary>
    public abstract string Expected { get; }

    /// <summary>Reads a value, noting every mistake inside.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="path">The field.</param>
    /// <param name="reading">Takes the mistakes.</param>
    /// <param name="value">The value; of no use after a mistake.</param>
    /// <returns>Whether nothing was wrong.</returns>
    public abstract bool TryRead(PlanNode node, string path, PlanReading reading, out T value);

    /// <summary>The JSON Schema.</summary>
    public abstract JsonObject Schema();

    /// <summary>Adds the value to flat fields; equal values give equal fields, however they were written.</summary>
    public abstract void Flatten(string path, T value, IDictionary<string, string> fields);

    /// <summary>The value as JSON for the schema's default; null: not worth one.</summary>
    public virtual JsonNode? Default(T value) => null;
}

/// <summary>The same, or nothing: the field may be missing.</summary>
/// <typeparam name="T">The value.</typeparam>
internal sealed class OptionalShape<T>(Shape<T> shape) : Shape<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override string Expected => shape.Expected;

    /// <inheritdoc/>
    public override bool TryRead(PlanNode node, string path, PlanReading reading, out T? value)
    {
        var fine = shape.TryRead(node, path, reading, out var read);
        value = read;
        return fine;
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => shape.Schema();

    /// <inheritdoc/>
    public override void Flatten(string path, T? value, IDictionary<string, string> fields)
    {
        if (value is { } known)
        {
            shape.Flatten(path, known, fields);
        }
    }
}
