namespace BitSearch.Space;

/// <summary>How a role's layers differ from the rest: pinned, floored, freed, or (projections) tied.</summary>
/// <param name="Pinned">Exactly this width, exempt from the pattern.</param>
/// <param name="Floor">At least this width, exempt from the pattern.</param>
/// <param name="Free">Any of the widths, exempt from the pattern.</param>
/// <param name="Tied">Projections only: the width of the block's first convolution.</param>
public sealed record RoleRule(Bitwidth? Pinned = null, Bitwidth? Floor = null, bool Free = false, bool Tied = false);

/// <summary>What is done with activations.</summary>
/// <param name="Fixed">All at this width.</param>
/// <param name="Widths">Searched among these widths, under the same pattern as the weights.</param>
/// <param name="Tied">Each at its layer's weight width, as the seed's authors do.</param>
public sealed record ActivationRule(Bitwidth? Fixed = null, EquatableArray<Bitwidth> Widths = default, bool Tied = false);

/// <summary>
/// Other widths for some points. Layer names come first and mean the layers' weights, so that <c>*</c> leaves activations
/// alone; a match that names no layer names points, such as <c>*.input</c> or <c>conv1.weight</c>.
/// </summary>
/// <param name="Match">A layer's or point's name, or a glob with <c>*</c> and <c>?</c>.</param>
/// <param name="Widths">The widths allowed there.</param>
/// <param name="Patterns">The patterns under which the override holds; empty: all.</param>
public sealed record WidthOverride(string Match, EquatableArray<Bitwidth> Widths, EquatableArray<SchedulePattern> Patterns = default);

/// <summary>What is searched, as a plan says it: turned into points by <see cref="SearchSpace.Of"/>.</summary>
/// <param name="Widths">The widths of the weights.</param>
public sealed record SpaceRules(EquatableArray<Bitwidth> Widths)
{
    /// <summary>Activations; full precision by default.</summary>
    public ActivationRule Activations { get; init; } = new(Bitwidth.Full);

    /// <summary>The layer that reads the image; null: like any other.</summary>
    public RoleRule? First { get; init; }

    /// <summary>The classifier; null: like any other.</summary>
    public RoleRule? Last { get; init; }

    /// <summary>Projections; null: like any other.</summary>
    public RoleRule? Projections { get; init; }

    /// <summary>Layers whose weights take the same width: names or globs, one list for each tie.</summary>
    public EquatableArray<EquatableArray<string>> Ties { get; init; }

    /// <summary>Other widths for some points; where several match, the last one holds.</summary>
    public EquatableArray<WidthOverride> Overrides { get; init; }
}
