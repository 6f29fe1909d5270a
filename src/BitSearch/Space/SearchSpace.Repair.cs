namespace BitSearch.Space;

public sealed partial record SearchSpace
{
    private const int Stirring = 100; // Draws a group; most of them are no moves.

    /// <summary>
    /// The schedule of the space that is the fewest bits away, the differences of all points summed; of several any, each
    /// about as likely, as <paramref name="random"/> decides.
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

        var excluded = except.ToHashSet();
        return !Tree.IsHopeless(Root) && new NearestSearch(Tree, schedule, excluded, random).Below(Root) is { } found
            ? Stirred(found, schedule, excluded, random)
            : null;
    }

    // The search breaks ties group by group, which favours early groups. A walk among the equally near ones forgets that: two
    // groups draw new widths, and move if the whole stays as near and in the space. Draws are symmetric, so none is favoured.
    private Schedule Stirred(Schedule found, Schedule target, HashSet<Schedule> except, Random random)
    {
        var open = Tree.Groups.Where(g => g.Widths.Length > 1).ToList();
        Bitwidth[] widths = [.. found.Widths];
        for (var draws = Stirring * open.Count; draws > 0 && open.Count > 1; draws--)
        {
            var (a, b) = (open[random.Next(open.Count)], open[random.Next(open.Count)]);
            var (toA, toB) = (a.Widths[random.Next(a.Widths.Length)], b.Widths[random.Next(b.Widths.Length)]);
            var (fromA, fromB) = (widths[a.First], widths[b.First]);
            if (a == b || (toA == fromA && toB == fromB) || Away(a, toA) + Away(b, toB) != Away(a, fromA) + Away(b, fromB))
            {
                continue;
            }

            Take(a, toA);
            Take(b, toB);
            if (new Schedule(EquatableArray.Create<Bitwidth>(widths)) is var moved && !except.Contains(moved) && Contains(moved))
            {
                found = moved;
                continue;
            }

            Take(a, fromA);
            Take(b, fromB);
        }

        return found;

        int Away(PointGroup group, Bitwidth width) => group.Points.Sum(p => Math.Abs(width.Bits - target[p].Bits));

        void Take(PointGroup group, Bitwidth width)
        {
            foreach (var point in group.Points)
            {
                widths[point] = width;
            }
        }
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
