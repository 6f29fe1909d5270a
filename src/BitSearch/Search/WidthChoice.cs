using BitSearch.Space;

namespace BitSearch.Search;

/// <summary>One decision of a schedule: the width of a point, or of points that are tied.</summary>
/// <param name="Points">Places in <see cref="NetworkDescription.Points"/>, ascending, at least one.</param>
/// <param name="Widths">The widths that all of them allow, ascending, at least one.</param>
public sealed record WidthChoice(EquatableArray<int> Points, EquatableArray<Bitwidth> Widths)
{
    /// <summary>All decisions of a space, pinned points included, in order of depth, a layer's weights before its activations.</summary>
    public static IReadOnlyList<WidthChoice> Of(SearchSpace space) =>
    [
        .. PointGroup.Of(space.Network.Points, SchedulePattern.Free)
            .OrderBy(g => space.Network.Points[g.First].Depth)
            .Select(g => new WidthChoice(g.Points.ToEquatableArray(), g.Widths.ToEquatableArray())),
    ];

    /// <summary>The schedule of one width for each decision.</summary>
    /// <param name="choices">All decisions of a space.</param>
    /// <param name="places">For each the width's place in <see cref="Widths"/>.</param>
    public static Schedule Schedule(IReadOnlyList<WidthChoice> choices, IReadOnlyList<int> places) =>
        Space.Schedule.Of([.. choices.Select((c, i) => ((IReadOnlyList<int>)c.Points, c.Widths[places[i]]))]);
}
