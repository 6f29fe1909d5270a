using System.Numerics;

namespace BitSearch.Space;

/// <summary>
/// Exact counts of the schedules below a node within its room, by dynamic programming over (level, what is remembered, room):
/// rooms from which nothing can overflow count as one, so the table holds only what a budget can still decide. Filled on
/// demand; safe to use from several threads.
/// </summary>
internal sealed class ScheduleCounter(ScheduleTree tree)
{
    private readonly Dictionary<(int Last, Footprints Room), BigInteger>[] _counts =
        [.. Enumerable.Range(0, tree.Depth).Select(_ => new Dictionary<(int, Footprints), BigInteger>())];

    private readonly Lock _lock = new();

    /// <summary>The number of schedules below <paramref name="node"/>.</summary>
    public BigInteger Count(TreeNode node)
    {
        lock (_lock)
        {
            return tree.IsHopeless(node) ? BigInteger.Zero : Sum(node);
        }
    }

    /// <summary>
    /// The schedule number <paramref name="index"/> below <paramref name="node"/>, widest first, leaving out
    /// <paramref name="except"/>; null if there are not so many.
    /// </summary>
    /// <param name="node">Where to begin.</param>
    /// <param name="index">From 0.</param>
    /// <param name="except">Distinct schedules, all of them below the node.</param>
    public Schedule? Nth(TreeNode node, BigInteger index, List<Schedule> except)
    {
        if (index >= Count(node) - except.Count)
        {
            return null;
        }

        var widths = new Bitwidth[tree.Depth];
        while (node.Level < tree.Depth)
        {
            var (level, point) = (node.Level, tree.Groups[node.Level].First);
            foreach (var (width, _, child) in tree.Children(node, widestFirst: true))
            {
                var inside = except.FindAll(s => s[point] == width);
                var count = Count(child) - inside.Count;
                if (index < count)
                {
                    (widths[level], node, except) = (width, child, inside);
                    break;
                }

                index -= count;
            }
        }

        return tree.Schedule(widths);
    }

    /// <summary>
    /// The schedule number <paramref name="index"/> of those that are below <paramref name="node"/> and not below
    /// <paramref name="less"/>, the same place with less room.
    /// </summary>
    /// <param name="node">Where to begin.</param>
    /// <param name="less">The same level and state.</param>
    /// <param name="index">From 0, below the difference of the two counts.</param>
    public Schedule NthBetween(TreeNode node, TreeNode less, BigInteger index)
    {
        var widths = new Bitwidth[tree.Depth];
        while (node.Level < tree.Depth)
        {
            var level = node.Level;
            foreach (var move in tree.Moves(node))
            {
                var (child, lesser) = (Under(node, move), Under(less, move));
                var count = Count(child) - Count(lesser);
                if (index < count)
                {
                    (widths[level], node, less) = (tree.Groups[level].Widths[move.Choice], child, lesser);
                    break;
                }

                index -= count;
            }
        }

        return tree.Schedule(widths);
    }

    private static TreeNode Under(TreeNode node, Move move) => new(node.Level + 1, move.Next, node.Room - move.Cost);

    // The node is not hopeless.
    private BigInteger Sum(TreeNode node)
    {
        var most = tree.Most(node);
        if (most.FitsIn(node.Room))
        {
            return tree.All(node);
        }

        var key = (node.Last, Footprints.Least(node.Room, most));
        if (_counts[node.Level].TryGetValue(key, out var known))
        {
            return known;
        }

        var count = BigInteger.Zero;
        foreach (var move in tree.Moves(node))
        {
            count += tree.Child(node, move) is { } child ? Sum(child) : BigInteger.Zero;
        }

        _counts[node.Level].Add(key, count);
        return count;
    }
}
