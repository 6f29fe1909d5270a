using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>A key of a group.</summary>
/// <typeparam name="TOwner">What the group is read into.</typeparam>
internal abstract class Field<TOwner>(string name, string description)
{
    /// <summary>The key.</summary>
    public string Name => name;

    /// <summary>What it means, for editors.</summary>
    public string Description => description;

    /// <summary>Whether it has to be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is part of a study's identity; what only says where something lies is not.</summary>
    public bool IsIdentity { get; init; } = true;

    /// <summary>What would be right, for people.</summary>
    public abstract string Expected { get; }

    /// <summary>Reads the value into the owner.</summary>
    public abstract bool TryRead(PlanNode node, string path, PlanReading reading, ref TOwner owner);

    /// <summary>The JSON Schema, with the owner's value as default.</summary>
    public abstract JsonObject Schema(TOwner owner);

    /// <summary>Adds the owner's value to flat fields.</summary>
    public abstract void Flatten(string path, TOwner owner, IDictionary<string, string> fields);
}

/// <summary>A key of a group with its value.</summary>
/// <typeparam name="TOwner">What the group is read into.</typeparam>
/// <typeparam name="T">The value.</typeparam>
/// <param name="name">The key.</param>
/// <param name="description">What it means, for editors.</param>
/// <param name="shape">What it looks like.</param>
/// <param name="get">The owner's value; null: none.</param>
/// <param name="set">The owner with another value.</param>
internal sealed class Field<TOwner, T>(string name, string description, Shape<T> shape, Func<TOwner, T?> get, Func<TOwner, T, TOwner> set)
    : Field<TOwner>(name, description)
{
    /// <inheritdoc/>
    public override string Expected => shape.Expected;

    /// <inheritdoc/>
    public override bool TryRead(PlanNode node, string path, PlanReading reading, ref TOwner owner)
    {
        var fine = shape.TryRead(node, path, reading, out var value);
        owner = fine ? set(owner, value) : owner;
        return fine;
    }

    /// <inheritdoc/>
    public override JsonObject Schema(TOwner owner)
    {
        var schema = shape.Schema();
        schema["description"] = Description;
        if (!IsRequired && get(owner) is { } value && shape.Default(value) is { } standard)
        {
            schema["default"] = standard;
        }

        return schema;
    }

    /// <inheritdoc/>
    public override void Flatten(string path, TOwner owner, IDictionary<string, string> fields)
    {
        if (IsIdentity && get(owner) is { } value)
        {
            shape.Flatten(path, value, fields);
        }
    }
}
