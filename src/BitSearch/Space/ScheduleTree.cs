using System.Collections.Immutable;
using System.Numerics;

namespace BitSearch.Space;

/// <summary>A place in the tree of schedules: the groups before <paramref name="Level"/> have their widths.</summary>
/// <param name="Level">The group that is next.</param>
/// <param name="Last">What is remembered, see <see cref="ScheduleWalk"/>.</param>
/// <param name="Room">What the groups from here on may take.</param>
internal readonly record struct TreeNode(int Level, int Last, Footprints Room);

/// <summary>
/// The schedules of a space as a tree, one level per group, with what the subtree below a node takes at least, takes at
/// most, and holds without budgets. Budgets play no part until a node's room is asked.
/// </summary>
internal sealed class ScheduleTree
{
    private readonly ScheduleWalk _walk;
    private readonly Footprints[][] _least;
    private readonly Footprints[][] _most;
    private readonly BigInteger[][] _all;

    /// <param name="network">The network.</param>
    /// <param name="walk">Its schedules.</param>
    public ScheduleTree(NetworkDescription network, ScheduleWalk walk)
    {
        _walk = walk;
        Base = new Footprints(PackedLayout.BaseBytes(network), 0, 0, 0, 0);
        _least = new Footprints[Depth + 1][];
        _most = new Footprints[Depth + 1][];
        _all = new BigInteger[Depth + 1][];
        var ends = Depth == 0 ? 1 : walk.Moves[^1].SelectMany(m => m).Select(m => m.Next + 1).DefaultIfEmpty(0).Max();
        (_least[Depth], _most[Depth], _all[Depth]) = (new Footprints[ends], new Footprints[ends], [.. Enumerable.Repeat(BigInteger.One, ends)]);
        for (var level = Depth - 1; level >= 0; level--)
        {
            Summarise(level);
        }
    }

    public ScheduleWalk Walk => _walk;

    public ImmutableArray<PointGroup> Groups => _walk.Groups;

    public int Depth => Groups.Length;

    /// <summary>What no schedule changes: header and tensors that are no points.</summary>
    public Footprints Base { get; }

    /// <summary>The root under limits.</summary>
    public TreeNode Root(in Footprints limits) => new(0, 0, limits - Base);

    /// <summary>The cheapest way down, measure by measure.</summary>
    public Footprints Least(in TreeNode node) => _least[node.Level][node.Last];

    /// <summary>The dearest way down, measure by measure.</summary>
    public Footprints Most(in TreeNode node) => _most[node.Level][node.Last];

    /// <summary>The number of ways down without budgets.</summary>
    public BigInteger All(in TreeNode node) => _all[node.Level][node.Last];

    /// <summary>Whether no way down can be within the node's room; exact under one budget, and only a bound under several.</summary>
    public bool IsHopeless(in TreeNode node) => All(node).IsZero || !Least(node).FitsIn(node.Room);

    /// <summary>The steps that the pattern allows, hopeless ones included, widths ascending.</summary>
    public ReadOnlySpan<Move> Moves(in TreeNode node) => _walk.Moves[node.Level][node.Last];

    /// <summary>The node that a step leads to; null if it is hopeless.</summary>
    public TreeNode? Child(in TreeNode node, in Move move)
    {
        var child = new TreeNode(node.Level + 1, move.Next, node.Room - move.Cost);
        return IsHopeless(child) ? null : child;
    }

    /// <summary>The node's children, from the narrowest or from the widest width on; those that are hopeless left out.</summary>
    public IEnumerable<(Bitwidth Width, Footprints Cost, TreeNode Node)> Children(TreeNode node, bool widestFirst)
    {
        var moves = _walk.Moves[node.Level][node.Last];
        for (var k = 0; k < moves.Length; k++)
        {
            var move = moves[widestFirst ? moves.Length - 1 - k : k];
            if (Child(node, move) is { } child)
            {
                yield return (Groups[node.Level].Widths[move.Choice], move.Cost, child);
            }
        }
    }

    /// <summary>The schedule that gives each group its width.</summary>
    public Schedule Schedule(IReadOnlyList<Bitwidth> widths) => Space.Schedule.Of([.. Groups.Select((g, level) => ((IReadOnlyList<int>)g.Points, widths[level]))]);

    private void Summarise(int level)
    {
        var states = _walk.Moves[level].Length;
        (_least[level], _most[level], _all[level]) = (new Footprints[states], new Footprints[states], new BigInteger[states]);
        for (var state = 0; state < states; state++)
        {
            var (least, most, all) = (Footprints.Unbounded, default(Footprints), BigInteger.Zero);
            foreach (var move in _walk.Moves[level][state])
            {
                if (!_all[level + 1][move.Next].IsZero)
                {
                    least = Footprints.Least(least, _least[level + 1][move.Next] + move.Cost);
                    most = Footprints.Most(most, _most[level + 1][move.Next] + move.Cost);
                    all += _all[level + 1][move.Next];
                }
            }

            (_least[level][state], _most[level][state], _all[level][state]) = (least, most, all);
        }
    }
}
