namespace BitSearch.Space;

/// <summary>
/// Finds the schedule nearest to a target, the bits of all points' differences summed. Exact: for every node and distance the
/// least that the ways of just this distance take is known, so that under one budget no step leads astray; under several
/// those that do are remembered. Ways of one distance are tried in random order.
/// </summary>
/// <param name="tree">The space.</param>
/// <param name="target">Any schedule of the network.</param>
/// <param name="except">Schedules to leave out.</param>
/// <param name="random">Breaks ties.</param>
internal sealed class NearestSearch(ScheduleTree tree, Schedule target, IReadOnlySet<Schedule> except, Random random)
{
    private readonly Dictionary<(int Level, int Last), Footprints?[]> _least = [];
    private readonly HashSet<(TreeNode, int)> _barren = [];
    private readonly Bitwidth[] _widths = new Bitwidth[tree.Depth];

    /// <summary>The nearest below the root; null if there is none.</summary>
    public Schedule? Below(TreeNode root)
    {
        var farthest = Least(root.Level, root.Last).Length;
        for (var distance = 0; distance < farthest; distance++)
        {
            if (Find(root, distance, out _) is { } schedule)
            {
                return schedule;
            }
        }

        return null;
    }

    // A node that holds excluded schedules alone is not barren: it fails again, but at most once for each of them.
    private Schedule? Find(TreeNode node, int distance, out bool isBarren)
    {
        isBarren = true;
        if (distance < 0 || distance >= Least(node.Level, node.Last).Length
            || Least(node.Level, node.Last)[distance] is not { } least || !least.FitsIn(node.Room) || _barren.Contains((node, distance)))
        {
            return null;
        }

        if (node.Level == tree.Depth)
        {
            isBarren = false;
            return tree.Schedule(_widths) is var schedule && except.Contains(schedule) ? null : schedule;
        }

        var children = tree.Children(node, widestFirst: true).ToArray();
        random.Shuffle(children);
        foreach (var (width, _, child) in children)
        {
            _widths[node.Level] = width;
            var found = Find(child, distance - Distance(node.Level, width), out var childIsBarren);
            isBarren &= childIsBarren;
            if (found is not null)
            {
                return found;
            }
        }

        if (isBarren)
        {
            _barren.Add((node, distance));
        }

        return null;
    }

    private int Distance(int level, Bitwidth width) => tree.Groups[level].Points.Sum(p => Math.Abs(width.Bits - target[p].Bits));

    // By distance: the least in each measure of all ways from here to the end; null where there is none.
    private Footprints?[] Least(int level, int last)
    {
        if (level == tree.Depth)
        {
            return [default(Footprints)];
        }

        if (_least.TryGetValue((level, last), out var known))
        {
            return known;
        }

        var least = new List<Footprints?>();
        var node = new TreeNode(level, last, Footprints.Unbounded + Footprints.Unbounded);
        foreach (var (width, cost, child) in tree.Children(node, widestFirst: true))
        {
            var (below, distance) = (Least(child.Level, child.Last), Distance(level, width));
            while (least.Count < below.Length + distance)
            {
                least.Add(null);
            }

            for (var d = 0; d < below.Length; d++)
            {
                if (below[d] is { } rest)
                {
                    least[d + distance] = least[d + distance] is { } other ? Footprints.Least(other, rest + cost) : rest + cost;
                }
            }
        }

        return _least[(level, last)] = [.. least];
    }
}
