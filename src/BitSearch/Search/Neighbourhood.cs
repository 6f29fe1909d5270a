using BitSearch.Allocation;
using BitSearch.Space;

namespace BitSearch.Search;

/// <summary>
/// The schedules of a space next to another: one group of tied points takes its next wider or narrower width, or one the wider
/// and another the narrower.
/// </summary>
internal static class Neighbourhood
{
    /// <summary>
    /// The neighbours in order of summed sensitivity; of equal ones single moves come first, then those of earlier groups.
    /// Sorting takes O(groups^2 log groups); whether a neighbour is in the space is asked as it comes up.
    /// </summary>
    /// <param name="space">The space.</param>
    /// <param name="table">The sensitivities, of the space's points.</param>
    /// <param name="centre">A schedule of the space.</param>
    public static IEnumerable<Schedule> Of(SearchSpace space, SensitivityTable table, Schedule centre)
    {
        var groups = PointGroup.Of(space.Network.Points, space.Pattern);
        var moves = groups.SelectMany((g, level) => Moves(g, level, centre, table)).ToList();
        var pairs =
            from wider in moves.Where(m => m.IsWider)
            from narrower in moves.Where(m => !m.IsWider && m.Level != wider.Level)
            select (Move[])[wider, narrower];
        return moves.Select(m => (Move[])[m]).Concat(pairs)
            .OrderBy(some => some.Sum(m => m.Harm))
            .Select(some => Moved(centre, some))
            .Where(space.Contains);
    }

    private static IEnumerable<Move> Moves(PointGroup group, int level, Schedule centre, SensitivityTable table)
    {
        var place = group.Widths.IndexOf(centre[group.First]);
        return new[] { place - 1, place + 1 }.Where(p => p >= 0 && p < group.Widths.Length).Select(p => new Move(
            level, group, group.Widths[p], p > place, group.Points.Sum(i => table.OptionOf(i, group.Widths[p]).Sensitivity - table.OptionOf(i, centre[i]).Sensitivity)));
    }

    private static Schedule Moved(Schedule centre, Move[] moves)
    {
        Bitwidth[] widths = [.. centre.Widths];
        foreach (var move in moves)
        {
            foreach (var point in move.Group.Points)
            {
                widths[point] = move.Width;
            }
        }

        return new Schedule(EquatableArray.Create<Bitwidth>(widths));
    }

    /// <param name="Level">The group's place.</param>
    /// <param name="Group">What moves.</param>
    /// <param name="Width">Where to.</param>
    /// <param name="IsWider">Whether that is more bits.</param>
    /// <param name="Harm">What it adds to the sum.</param>
    private sealed record Move(int Level, PointGroup Group, Bitwidth Width, bool IsWider, double Harm);
}
