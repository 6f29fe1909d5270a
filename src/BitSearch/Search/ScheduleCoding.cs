using System.Collections.Immutable;
using BitSearch.Space;

namespace BitSearch.Search;

/// <summary>
/// Schedules as places: for each group of tied points that has a choice, the place of its width among the group's widths,
/// ascending from 0. So a step of one is one width up, whatever the widths. Pattern and budgets play no part.
/// </summary>
internal sealed class ScheduleCoding
{
    private readonly SearchSpace _space;
    private readonly ImmutableArray<PointGroup> _fixed;

    public ScheduleCoding(SearchSpace space)
    {
        var groups = PointGroup.Of(space.Network.Points, space.Pattern);
        (_space, Groups, _fixed) = (space, [.. groups.Where(g => g.Widths.Length > 1)], [.. groups.Where(g => g.Widths.Length == 1)]);
    }

    /// <summary>The groups with a choice, in the space's order.</summary>
    public ImmutableArray<PointGroup> Groups { get; }

    /// <summary>The places of a schedule; of a width that a group does not allow, the place of the nearest that it does.</summary>
    public int[] Encode(Schedule schedule) =>
        [.. Groups.Select(g => Enumerable.Range(0, g.Widths.Length).MinBy(i => Math.Abs(g.Widths[i].Bits - schedule[g.First].Bits)))];

    /// <summary>The schedule with these places; it may break the pattern or a budget.</summary>
    public Schedule Decode(IReadOnlyList<int> places) => Schedule.Of(
    [
        .. Groups.Zip(places, (group, place) => ((IReadOnlyList<int>)group.Points, group.Widths[place])),
        .. _fixed.Select(g => ((IReadOnlyList<int>)g.Points, g.Widths[0])),
    ]);

    /// <summary>The part of the space in which each group has these places alone.</summary>
    /// <param name="allowed">For each group one place or more.</param>
    public SearchSpace Restricted(IReadOnlyList<IReadOnlyCollection<int>> allowed)
    {
        QuantizationPoint[] points = [.. _space.Network.Points];
        foreach (var (group, places) in Groups.Zip(allowed))
        {
            var widths = places.Distinct().Order().Select(p => group.Widths[p]).ToEquatableArray();
            foreach (var point in group.Points)
            {
                points[point] = points[point] with { Widths = widths };
            }
        }

        return _space with { Network = _space.Network with { Points = points.ToEquatableArray() } };
    }
}
