using System.Collections.Immutable;

namespace BitSearch.Space;

/// <summary>A step of the walk: a width for the level's group.</summary>
/// <param name="Choice">The width's place in <see cref="PointGroup.Widths"/>.</param>
/// <param name="Next">The state at the next level.</param>
/// <param name="Cost">What the step adds.</param>
internal readonly record struct Move(int Choice, int Next, Footprints Cost);

/// <summary>
/// All schedules that follow a pattern, as a walk over the groups, one width a level. A state holds what later levels have to
/// know: the pattern's memory, and the widths of earlier groups that share a cost with later ones (bit operations are
/// products of weight and activation bits; activations are live together). States are numbered level by level as the walk
/// comes by them; 0 is where it begins.
/// </summary>
internal sealed class ScheduleWalk
{
    private const int MostStates = 200_000;

    private readonly List<CostTerm>[] _terms; // By the level at which the last of a term's groups gets its width.
    private readonly int[][] _remembered; // Levels whose widths the states of a level hold, ascending.
    private readonly int[] _levelOf; // By point.
    private readonly Footprints[][] _own; // What a group's points cost alone, by level and choice.

    /// <param name="network">The network.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="shuffles">What <see cref="SchedulePattern.Shuffled"/> shuffles; else null.</param>
    /// <param name="tracked">The measures that matter besides those that points decide alone.</param>
    /// <exception cref="PlanException">Too much would have to be remembered.</exception>
    public ScheduleWalk(NetworkDescription network, SchedulePattern pattern, Schedule? shuffles, IEnumerable<BudgetMeasure> tracked)
    {
        var groups = PointGroup.Of(network.Points, pattern);
        var terms = tracked.Distinct().Order().SelectMany(of => CostTerm.Of(network, of)).ToList();
        Groups = IsCoupled(groups, terms) && pattern != SchedulePattern.BySize ? PointGroup.LayerByLayer(groups, network.Points) : groups;
        Pattern = new PatternWalk(Groups, pattern, shuffles);
        _levelOf = new int[network.Points.Count];
        foreach (var (level, group) in Groups.Index())
        {
            group.Points.ToList().ForEach(p => _levelOf[p] = level);
        }

        _own = [.. Groups.Select(g => g.Widths.Select(w => g.Points.Aggregate(default(Footprints), (sum, p) => sum + CostTerm.Of(network, network.Points[p], w))).ToArray())];
        _terms = [.. Groups.Select(_ => new List<CostTerm>())];
        terms.ForEach(t => _terms[Last(t)].Add(t));
        _remembered = [.. Enumerable.Range(0, Groups.Length + 1).Select(Remembered)];
        Moves = Explore();
    }

    public ImmutableArray<PointGroup> Groups { get; }

    /// <summary>The pattern alone, over the same groups.</summary>
    public PatternWalk Pattern { get; }

    /// <summary>The steps from each state of each level, widths ascending.</summary>
    public Move[][][] Moves { get; }

    private static bool IsCoupled(ImmutableArray<PointGroup> groups, List<CostTerm> terms) =>
        terms.Exists(t => groups.Count(g => g.Widths.Length > 1 && g.Points.Any(p => t.Points.Contains(p))) > 1);

    // A term without points belongs to the first level.
    private int Last(CostTerm term) => term.Points.Select(p => _levelOf[p]).DefaultIfEmpty(0).Max();

    // Earlier levels with a choice that a term of this level or a later one asks for.
    private int[] Remembered(int level) =>
    [
        .. _terms.Skip(level).SelectMany(terms => terms).SelectMany(t => t.Points).Select(p => _levelOf[p])
            .Where(l => l < level && Groups[l].Widths.Length > 1).Distinct().Order(),
    ];

    private Move[][][] Explore()
    {
        var moves = new Move[Groups.Length][][];
        List<EquatableArray<int>> states = [[.. new int[Enum.GetValues<PointKind>().Length]]];
        for (var level = 0; level < Groups.Length; level++)
        {
            var next = new Dictionary<EquatableArray<int>, int>();
            moves[level] = [.. states.Select(s => From(level, s, next))];
            states = [.. next.OrderBy(n => n.Value).Select(n => n.Key)];
            if (states.Count > MostStates)
            {
                throw new PlanException("budget", $"{states.Count} combinations of widths would have to be kept apart to know bit operations or live activations", "fewer widths, fixed activations, or another pattern");
            }
        }

        return moves;
    }

    private Move[] From(int level, EquatableArray<int> state, Dictionary<EquatableArray<int>, int> next)
    {
        var (moves, kind, widths) = (new List<Move>(), (int)Groups[level].Kind, Groups[level].Widths);
        for (var choice = 0; choice < widths.Length; choice++)
        {
            if (Pattern.Allows(level, state[kind], widths[choice]))
            {
                var after = After(level, state, kind, widths[choice]);
                var number = next.TryGetValue(after, out var known) ? known : next.Count;
                next.TryAdd(after, number);
                moves.Add(new Move(choice, number, Cost(level, state, choice)));
            }
        }

        return [.. moves];
    }

    private EquatableArray<int> After(int level, EquatableArray<int> state, int kind, Bitwidth width)
    {
        var kinds = Enum.GetValues<PointKind>().Length;
        var patterns = Enumerable.Range(0, kinds).Select(k => k == kind ? Pattern.After(level, state[k], width) : state[k]);
        return [.. patterns, .. _remembered[level + 1].Select(l => l == level ? width.Bits : state[kinds + Array.IndexOf(_remembered[level], l)])];
    }

    private Footprints Cost(int level, EquatableArray<int> state, int choice)
    {
        var kinds = Enum.GetValues<PointKind>().Length;
        return _terms[level].Aggregate(_own[level][choice], (sum, term) => sum + term.Cost(Bits));

        long Bits(int point) => _levelOf[point] switch
        {
            var l when l == level => Groups[l].Widths[choice].Bits,
            var l when Groups[l].Widths.Length == 1 => Groups[l].Widths[0].Bits,
            var l => state[kinds + Array.IndexOf(_remembered[level], l)],
        };
    }
}
