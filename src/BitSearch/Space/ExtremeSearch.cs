namespace BitSearch.Space;

/// <summary>
/// Finds the schedule within the room that takes most, or least, in one measure. Exact: depth first with a table of what is
/// known, and done as soon as nothing better can be.
/// </summary>
/// <param name="tree">The space.</param>
/// <param name="of">The measure.</param>
/// <param name="most">Whether most, else least.</param>
internal sealed class ExtremeSearch(ScheduleTree tree, BudgetMeasure of, bool most)
{
    private readonly Dictionary<TreeNode, long?> _best = [];

    /// <summary>The schedule below <paramref name="node"/> that takes most or least, of several the widest or narrowest; null if there is none.</summary>
    public Schedule? Below(TreeNode node)
    {
        if (Best(node) is null)
        {
            return null;
        }

        var widths = new Bitwidth[tree.Depth];
        while (node.Level < tree.Depth)
        {
            var (level, best) = (node.Level, Best(node));
            var (width, _, child) = tree.Children(node, widestFirst: most).First(c => Best(c.Node) is { } below && Together(c.Cost, below) == best);
            (widths[level], node) = (width, child);
        }

        return tree.Schedule(widths);
    }

    // Below one node a peak need not be the best: what comes before may be higher. The first that reaches the best is taken.
    private long Together(in Footprints cost, long below) =>
        of == BudgetMeasure.Activations ? Math.Max(cost[of], below) : cost[of] + below;

    private long? Best(TreeNode node)
    {
        if (tree.IsHopeless(node))
        {
            return null;
        }

        var dearest = tree.Most(node);
        if (dearest.FitsIn(node.Room))
        {
            return (most ? dearest : tree.Least(node))[of];
        }

        node = node with { Room = Footprints.Least(node.Room, dearest) };
        if (_best.TryGetValue(node, out var known))
        {
            return known;
        }

        long? best = null;
        var limit = most ? node.Room[of] : tree.Least(node)[of];
        foreach (var (_, cost, child) in tree.Children(node, widestFirst: most))
        {
            best = Best(child) is { } below ? Better(best, Together(cost, below)) : best;
            if (best == limit)
            {
                break;
            }
        }

        _best.Add(node, best);
        return best;
    }

    private long Better(long? best, long other) => best is not { } known ? other : most ? Math.Max(known, other) : Math.Min(known, other);
}
