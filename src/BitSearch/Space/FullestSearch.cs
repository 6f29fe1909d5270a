namespace BitSearch.Space;

/// <summary>
/// Finds the schedule that fills one measure most within the room. Exact: depth first with a table of what is known, and
/// done as soon as the room is filled to the byte.
/// </summary>
internal sealed class FullestSearch(ScheduleTree tree, BudgetMeasure of)
{
    private readonly Dictionary<TreeNode, long> _best = [];

    /// <summary>The schedule below <paramref name="node"/> with the most bytes; null if there is none.</summary>
    public Schedule? Below(TreeNode node)
    {
        if (Best(node) < 0)
        {
            return null;
        }

        var widths = new Bitwidth[tree.Depth];
        while (node.Level < tree.Depth)
        {
            var (level, best) = (node.Level, Best(node));
            var (width, _, child) = tree.Children(node, widestFirst: true).First(c => Best(c.Node) is >= 0 and var b && b + c.Cost[of] == best);
            (widths[level], node) = (width, child);
        }

        return tree.Schedule(widths);
    }

    /// <summary>The most bytes below the node, or -1 if nothing fits.</summary>
    private long Best(TreeNode node)
    {
        if (tree.IsHopeless(node))
        {
            return -1;
        }

        var most = tree.Most(node);
        if (most.FitsIn(node.Room))
        {
            return most[of];
        }

        node = node with { Room = Footprints.Least(node.Room, most) };
        if (_best.TryGetValue(node, out var known))
        {
            return known;
        }

        var best = -1L;
        foreach (var (_, cost, child) in tree.Children(node, widestFirst: true))
        {
            best = Best(child) is >= 0 and var below ? Math.Max(best, below + cost[of]) : best;
            if (best == node.Room[of])
            {
                break;
            }
        }

        _best.Add(node, best);
        return best;
    }
}
