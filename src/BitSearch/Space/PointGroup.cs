using System.Collections.Immutable;

namespace BitSearch.Space;

/// <summary>Points that take the same width: a tie group, or one point alone.</summary>
/// <param name="Points">Places in <see cref="NetworkDescription.Points"/>, ascending, at least one.</param>
/// <param name="Widths">The widths that all of them allow, ascending; empty if they have none in common.</param>
/// <param name="Follows">Whether the pattern constrains the group: all its points follow it.</param>
/// <param name="Kind">Weights if there is a weight among the points.</param>
/// <param name="Size">The elements of the largest point of that kind.</param>
internal sealed record PointGroup(ImmutableArray<int> Points, ImmutableArray<Bitwidth> Widths, bool Follows, PointKind Kind, long Size)
{
    public int First => Points[0];

    /// <summary>
    /// The groups of some points: those with weights first, in order of depth (a group's place is its first point's), then
    /// those of activations alone, in order of depth; where the pattern goes by size, the smallest first instead. This is the
    /// order in which schedules are walked and enumerated.
    /// </summary>
    public static ImmutableArray<PointGroup> Of(IReadOnlyList<QuantizationPoint> points, SchedulePattern pattern) =>
    [
        .. Enumerable.Range(0, points.Count)
            .GroupBy(i => points[i].TieGroup is { } tie ? (tie, -1) : ("", i))
            .Select(tied => Of(points, [.. tied]))
            .OrderBy(g => g.Kind)
            .ThenBy(g => pattern == SchedulePattern.BySize ? g.Size : 0)
            .ThenBy(g => points[g.First].Depth)
            .ThenBy(g => g.First),
    ];

    /// <summary>The same groups in order of depth, a layer's activations before its weights.</summary>
    public static ImmutableArray<PointGroup> LayerByLayer(IEnumerable<PointGroup> groups, IReadOnlyList<QuantizationPoint> points) =>
        [.. groups.OrderBy(g => points[g.First].Depth).ThenByDescending(g => g.Kind).ThenBy(g => g.First)];

    private static PointGroup Of(IReadOnlyList<QuantizationPoint> all, ImmutableArray<int> places)
    {
        var points = places.Select(i => all[i]).ToList();
        var widths = points.Select(p => p.Widths.AsEnumerable()).Aggregate((a, b) => a.Intersect(b)).Order();
        var kind = points.Min(p => p.Kind);
        return new PointGroup(
            places, [.. widths], points.TrueForAll(p => p.FollowsPattern), kind, points.Where(p => p.Kind == kind).Max(p => p.Elements));
    }
}
