using System.Runtime.InteropServices;

namespace BitSearch.Allocation;

/// <summary>
/// The whole front of (cost, sensitivity) in one pass: level by level, the sorted lists of undominated states are shifted by
/// each choice and merged (Nemhauser and Ullmann 1969), one list for each state of the pattern. Rounding keeps order, so
/// dominance is exact for sums of doubles too. A list longer than <paramref name="capacity"/> loses states that are better
/// than a cheaper one by a small amount only; the amounts add up to the gap.
/// </summary>
internal sealed class CurveSweep(ChoiceWalk walk, int measure, int capacity)
{
    private readonly List<State[]> _levels = [[new State(0, 0, -1, -1)]];
    private double _gap;

    public BudgetCurve Run()
    {
        var segments = new Dictionary<int, (int From, int Count)> { [0] = (0, 1) };
        for (var level = 0; level < walk.Levels; level++)
        {
            segments = Advance(level, segments);
        }

        // No group is left to constrain: the last level is one list.
        var points = Array.ConvertAll(_levels[^1], s => new CurvePoint(s.Cost, s.Sensitivity));
        return new BudgetCurve(measure, points, new Certificate(_gap), Solve);
    }

    private Dictionary<int, (int From, int Count)> Advance(int level, Dictionary<int, (int From, int Count)> segments)
    {
        var lists = new SortedDictionary<int, List<State>>();
        foreach (var (last, (from, count)) in segments)
        {
            foreach (var step in walk.From(level, last))
            {
                var into = lists.TryGetValue(step.Last, out var list) ? list : [];
                lists[step.Last] = Merge(level, into, from, count, step);
            }
        }

        var thinned = lists.Select(l => (l.Key, States: Thin(l.Value))).ToList();
        _gap += thinned.Max(t => t.States.Gap);
        _levels.Add([.. thinned.SelectMany(t => t.States.Kept)]);
        var next = new Dictionary<int, (int, int)>();
        var place = 0;
        foreach (var (last, (kept, _)) in thinned)
        {
            next[last] = (place, kept.Count);
            place += kept.Count;
        }

        return next;
    }

    private List<State> Merge(int level, List<State> list, int from, int count, Step step)
    {
        var (added, parents, choice) = (step.Taken, _levels[level], step.Number);
        var old = CollectionsMarshal.AsSpan(list);
        var (cost, sensitivity) = (added.Costs[measure], added.Sensitivity);
        var merged = new List<State>(old.Length + count);
        var least = double.PositiveInfinity;
        for (int i = 0, j = from; i < old.Length || j < from + count;)
        {
            State next;
            var shifted = j < from + count ? new State(parents[j].Cost + cost, parents[j].Sensitivity + sensitivity, j, choice) : default;
            if (j == from + count || (i < old.Length && Precedes(level, old[i], shifted)))
            {
                next = old[i++];
            }
            else
            {
                (next, j) = (shifted, j + 1);
            }

            if (next.Sensitivity < least)
            {
                least = next.Sensitivity;
                merged.Add(next);
            }
        }

        return merged;
    }

    // Cheaper, then less sensitive, then fewer bits in the last group in which they differ.
    private bool Precedes(int level, State a, State b)
    {
        if (a.Cost != b.Cost || a.Sensitivity != b.Sensitivity)
        {
            return a.Cost != b.Cost ? a.Cost < b.Cost : a.Sensitivity < b.Sensitivity;
        }

        for (; a.Choice == b.Choice && a.Parent != b.Parent; level--)
        {
            (a, b) = (_levels[level][a.Parent], _levels[level][b.Parent]);
        }

        return a.Choice <= b.Choice;
    }

    private (List<State> Kept, double Gap) Thin(List<State> states)
    {
        if (states.Count <= capacity)
        {
            return (states, 0);
        }

        var gap = (states[0].Sensitivity - states[^1].Sensitivity) / capacity;
        var kept = new List<State> { states[0] };
        foreach (var state in states)
        {
            if (state.Sensitivity < kept[^1].Sensitivity - gap)
            {
                kept.Add(state);
            }
        }

        return (kept, gap);
    }

    private Solution Solve(int place)
    {
        var choices = new int[walk.Levels];
        for (var level = walk.Levels; level > 0; level--)
        {
            (choices[level - 1], place) = (_levels[level][place].Choice, _levels[level][place].Parent);
        }

        return walk.SolutionOf(choices);
    }

    private readonly record struct State(long Cost, double Sensitivity, int Parent, int Choice);
}
