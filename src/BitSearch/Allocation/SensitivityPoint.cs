using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>A tensor with the widths that it may take, and what each means.</summary>
/// <param name="Name">Unique within a table.</param>
/// <param name="Kind">Weights or activations; a pattern constrains each among themselves.</param>
/// <param name="Options">The widths, ascending, each once; at least one.</param>
public sealed record SensitivityPoint(string Name, PointKind Kind, EquatableArray<WidthOption> Options)
{
    /// <summary>Points of the same tie group take the same width; null: a group of its own.</summary>
    public string? TieGroup { get; init; }

    /// <summary>The number of elements, by which the pattern <c>by-size</c> goes; 0 where nobody said.</summary>
    public long Elements { get; init; }

    /// <summary>Whether the pattern constrains this point.</summary>
    public bool FollowsPattern { get; init; } = true;
}
