using System.Collections.Immutable;
using System.Numerics;

namespace BitSearch.Space;

/// <summary>A place in the tree of schedules: the groups before <paramref name="Level"/> have their widths.</summary>
/// <param name="Level">The group that is next.</param>
/// <param name="Last">What the pattern remembers, see <see cref="PatternWalk"/>.</param>
/// <param name="Room">The bytes that the groups from here on may take.</param>
internal readonly record struct TreeNode(int Level, int Last, Footprints Room);

/// <summary>
/// The schedules of a space as a tree, one level per group, with what the subtree below a node takes at least, takes at
/// most, and holds without budgets. Built in O(groups x widths); budgets play no part until a node's room is asked.
/// </summary>
internal sealed class ScheduleTree
{
    private readonly PatternWalk _walk;
    private readonly ImmutableArray<ImmutableArray<Footprints>> _costs;
    private readonly Footprints[,] _least;
    private readonly Footprints[,] _most;
    private readonly BigInteger[,] _all;

    public ScheduleTree(NetworkDescription network, SchedulePattern pattern)
    {
        _walk = new PatternWalk(PointGroup.Of(network.Points, pattern), pattern);
        _costs = [.. Groups.Select(g => g.Widths.Select(w => Cost(network, g, w)).ToImmutableArray())];
        Base = new Footprints(PackedLayout.BaseBytes(network), 0);
        _least = new Footprints[Depth + 1, _walk.States];
        _most = new Footprints[Depth + 1, _walk.States];
        _all = new BigInteger[Depth + 1, _walk.States];
        for (var last = 0; last < _walk.States; last++)
        {
            _all[Depth, last] = BigInteger.One;
        }

        for (var level = Depth - 1; level >= 0; level--)
        {
            for (var last = 0; last < _walk.States; last++)
            {
                Summarise(level, last);
            }
        }
    }

    public ImmutableArray<PointGroup> Groups => _walk.Groups;

    public int Depth => Groups.Length;

    /// <summary>What no schedule changes: header and tensors that are no points.</summary>
    public Footprints Base { get; }

    /// <summary>The root under limits.</summary>
    public TreeNode Root(Footprints limits) => new(0, 0, limits - Base);

    /// <summary>The bytes of the cheapest way down, measure by measure.</summary>
    public Footprints Least(TreeNode node) => _least[node.Level, node.Last];

    /// <summary>The bytes of the dearest way down, measure by measure.</summary>
    public Footprints Most(TreeNode node) => _most[node.Level, node.Last];

    /// <summary>The number of ways down without budgets.</summary>
    public BigInteger All(TreeNode node) => _all[node.Level, node.Last];

    /// <summary>Whether no way down can be within the node's room; exact under one budget, and only a bound under several.</summary>
    public bool IsHopeless(TreeNode node) => All(node).IsZero || !Least(node).FitsIn(node.Room);

    /// <summary>The node's children, from the narrowest or from the widest width on; those that are hopeless left out.</summary>
    public IEnumerable<(Bitwidth Width, Footprints Cost, TreeNode Node)> Children(TreeNode node, bool widestFirst)
    {
        var widths = Groups[node.Level].Widths;
        for (var k = 0; k < widths.Length; k++)
        {
            var i = widestFirst ? widths.Length - 1 - k : k;
            if (Child(node, i) is { } child)
            {
                yield return (widths[i], _costs[node.Level][i], child);
            }
        }
    }

    /// <summary>The child at the group's width number <paramref name="i"/>; null if the pattern forbids it or it is hopeless.</summary>
    public TreeNode? Child(TreeNode node, int i)
    {
        var width = Groups[node.Level].Widths[i];
        if (!Allows(node, width))
        {
            return null;
        }

        var child = Step(node, width) with { Room = node.Room - _costs[node.Level][i] };
        return IsHopeless(child) ? null : child;
    }

    /// <summary>Whether the pattern lets <paramref name="width"/> follow.</summary>
    public bool Allows(TreeNode node, Bitwidth width) => _walk.Allows(node.Level, node.Last, width);

    /// <summary>What the width at the node has to agree with, for people.</summary>
    public string Conflict(TreeNode node) => _walk.Conflict(node.Last);

    /// <summary>The child at <paramref name="width"/>, its room left as it is.</summary>
    public TreeNode Step(TreeNode node, Bitwidth width) =>
        node with { Level = node.Level + 1, Last = _walk.After(node.Level, node.Last, width) };

    /// <summary>The bytes of the group at <paramref name="width"/>, one of its own.</summary>
    public Footprints Cost(int level, Bitwidth width) => _costs[level][Groups[level].Widths.IndexOf(width)];

    /// <summary>The schedule that gives each group its width.</summary>
    public Schedule Schedule(ReadOnlySpan<Bitwidth> widths)
    {
        var byPoint = new Bitwidth[Groups.Sum(g => g.Points.Length)];
        for (var level = 0; level < Depth; level++)
        {
            foreach (var point in Groups[level].Points)
            {
                byPoint[point] = widths[level];
            }
        }

        return new Schedule(EquatableArray.Create<Bitwidth>(byPoint));
    }

    private static Footprints Cost(NetworkDescription network, PointGroup group, Bitwidth width)
    {
        var points = group.Points.Select(i => network.Points[i]).ToList();
        return new Footprints(
            points.Sum(p => PackedLayout.PointBytes(network, p, width)),
            points.Sum(p => PackedLayout.WeightBytes(network, p, width)));
    }

    private void Summarise(int level, int last)
    {
        var (least, most, all) = (Footprints.Unbounded, default(Footprints), BigInteger.Zero);
        for (var i = 0; i < Groups[level].Widths.Length; i++)
        {
            if (Child(new TreeNode(level, last, Footprints.Unbounded + Footprints.Unbounded), i) is { } child)
            {
                least = Footprints.Least(least, Least(child) + _costs[level][i]);
                most = Footprints.Most(most, Most(child) + _costs[level][i]);
                all += All(child);
            }
        }

        (_least[level, last], _most[level, last], _all[level, last]) = (least, most, all);
    }
}
