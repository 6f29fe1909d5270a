namespace BitSearch.Space;

public sealed partial record SearchSpace
{
    /// <summary>
    /// The schedule of the space that is the fewest bits away, the differences of all points summed; of several any, as
    /// <paramref name="random"/> decides.
    /// </summary>
    /// <param name="schedule">Any schedule of the network.</param>
    /// <param name="except">Schedules to leave out.</param>
    /// <param name="random">Breaks ties.</param>
    /// <returns>The schedule, or null if none is left.</returns>
    /// <exception cref="ArgumentException">The schedule has another number of points than the network.</exception>
    public Schedule? Nearest(Schedule schedule, IEnumerable<Schedule> except, Random random)
    {
        if (schedule.Count != Network.Points.Count)
        {
            throw new ArgumentException(WhyNot(schedule), nameof(schedule));
        }

        return Tree.IsHopeless(Root) ? null : new NearestSearch(Tree, schedule, except.ToHashSet(), random).Below(Root);
    }

    /// <summary>
    /// HAQ's repair (Wang et al. 2019): group by group from the last layer to the first, each goes down by one of its widths,
    /// again and again, until every budget is kept or nothing can go down. Widths that a group does not allow are the
    /// nearest that it allows, the narrower of two. The pattern plays no part: the result may break it.
    /// </summary>
    /// <param name="schedule">Any schedule of the network.</param>
    /// <exception cref="ArgumentException">The schedule has another number of points than the network.</exception>
    public Schedule LoweredFromLast(Schedule schedule)
    {
        if (schedule.Count != Network.Points.Count)
        {
            throw new ArgumentException(WhyNot(schedule), nameof(schedule));
        }

        var widths = Tree.Groups.Select(g => g.Widths.MinBy(w => g.Points.Sum(p => Math.Abs(w.Bits - schedule[p].Bits)))).ToArray();
        var fromLast = Enumerable.Range(0, Tree.Depth)
            .OrderByDescending(i => Network.Points[Tree.Groups[i].First].Depth).ThenByDescending(i => i).ToList();
        var lowered = Tree.Schedule(widths);
        for (var moved = true; moved && BrokenBudget(lowered) is not null;)
        {
            moved = false;
            foreach (var level in fromLast.TakeWhile(_ => BrokenBudget(lowered) is not null))
            {
                var place = Tree.Groups[level].Widths.IndexOf(widths[level]);
                if (place > 0)
                {
                    (widths[level], moved) = (Tree.Groups[level].Widths[place - 1], true);
                    lowered = Tree.Schedule(widths);
                }
            }
        }

        return lowered;
    }
}
