using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>A key of one group that is written in another, which holds the first.</summary>
/// <typeparam name="TOwner">What the other group is read into.</typeparam>
/// <typeparam name="TInner">What it holds.</typeparam>
internal sealed class LiftedField<TOwner, TInner> : Field<TOwner>
{
    private readonly Field<TInner> _field;
    private readonly Func<TOwner, TInner> _get;
    private readonly Func<TOwner, TInner, TOwner> _set;

    /// <summary>Lifts a key.</summary>
    /// <param name="field">The key.</param>
    /// <param name="get">What the owner holds.</param>
    /// <param name="set">The owner with something else in its place.</param>
    public LiftedField(Field<TInner> field, Func<TOwner, TInner> get, Func<TOwner, TInner, TOwner> set)
        : base(field.Name, field.Description)
    {
        (_field, _get, _set) = (field, get, set);
        (IsRequired, IsIdentity) = (field.IsRequired, field.IsIdentity);
    }

    /// <inheritdoc/>
    public override string Expected => _field.Expected;

    /// <inheritdoc/>
    public override bool TryRead(PlanNode node, string path, PlanReading reading, ref TOwner owner)
    {
        var inner = _get(owner);
        var fine = _field.TryRead(node, path, reading, ref inner);
        owner = _set(owner, inner);
        return fine;
    }

    /// <inheritdoc/>
    public override JsonObject Schema(TOwner owner) => _field.Schema(_get(owner));

    /// <inheritdoc/>
    public override void Flatten(string path, TOwner owner, IDictionary<string, string> fields) => _field.Flatten(path, _get(owner), fields);
}
