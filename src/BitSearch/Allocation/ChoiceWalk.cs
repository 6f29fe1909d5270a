using System.Collections.Immutable;
using System.Numerics;
using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>What a group of tied points may take: sums over its points.</summary>
internal sealed record Choice(Bitwidth Width, double Sensitivity, long[] Costs);

/// <summary>A step of the walk: the choice taken, and what later levels have to know of it.</summary>
internal readonly record struct Step(int Choice, int Last);

/// <summary>A table as a walk over groups of tied points, one choice a level, under a pattern (<see cref="PatternWalk"/>).</summary>
internal sealed class ChoiceWalk
{
    private readonly SensitivityTable _table;
    private readonly ImmutableArray<PointGroup> _groups;
    private readonly int _states;
    private readonly Step[][][] _steps; // [level][last], empty where the walk cannot come by.
    private readonly int[][] _reached; // The states that the walk can come by at each level.

    /// <exception cref="PlanException">No schedule follows the pattern.</exception>
    public ChoiceWalk(SensitivityTable table, SchedulePattern pattern)
    {
        (_table, _groups) = (table, table.Groups(pattern));
        Choices = [.. _groups.Select(ChoicesOf)];
        var walk = new PatternWalk(_groups, pattern, null);
        _states = walk.States;
        (_steps, _reached) = Walk(walk);
        if (double.IsPositiveInfinity(LeastToEnd(_ => 0.0, double.PositiveInfinity)[0][0]))
        {
            throw new PlanException("pattern", $"no schedule is {pattern.Name()}: the widths of single layers exclude each other", "another pattern, or other widths");
        }
    }

    /// <summary>The choices of each level, widths ascending.</summary>
    public Choice[][] Choices { get; }

    public int Levels => Choices.Length;

    /// <summary>The steps from a state, widths ascending.</summary>
    public Step[] From(int level, int last) => _steps[level][last];

    /// <summary>
    /// The least sum of values from each state that the walk can come by to the end; <paramref name="none"/>, the largest
    /// number, where there is no way.
    /// </summary>
    public T[][] LeastToEnd<T>(Func<Choice, T> value, T none)
        where T : INumber<T>
    {
        var least = new T[Levels + 1][];
        least[Levels] = new T[_states];
        for (var level = Levels - 1; level >= 0; level--)
        {
            var values = Array.ConvertAll(Choices[level], c => value(c));
            least[level] = new T[_states];
            foreach (var last in _reached[level])
            {
                var best = none;
                foreach (var step in _steps[level][last])
                {
                    var rest = least[level + 1][step.Last];
                    best = rest < none ? T.Min(best, values[step.Choice] + rest) : best;
                }

                least[level][last] = best;
            }
        }

        return least;
    }

    /// <summary>The schedule of one choice a level, with what it means.</summary>
    public Solution SolutionOf(ReadOnlySpan<int> choices)
    {
        var widths = new Bitwidth[_table.Points.Count];
        var costs = new long[_table.Measures.Count];
        var sensitivity = 0.0;
        for (var level = 0; level < Levels; level++)
        {
            var choice = Choices[level][choices[level]];
            sensitivity += choice.Sensitivity;
            for (var m = 0; m < costs.Length; m++)
            {
                costs[m] += choice.Costs[m];
            }

            foreach (var point in _groups[level].Points)
            {
                widths[point] = choice.Width;
            }
        }

        return new Solution(new Schedule(EquatableArray.Create<Bitwidth>(widths)), sensitivity, EquatableArray.Create<long>(costs));
    }

    private Choice[] ChoicesOf(PointGroup group) =>
    [
        .. group.Widths
            .Select(width => group.Points.Select(i => _table.OptionOf(i, width)).ToList())
            .Select(options => new Choice(options[0].Width, options.Sum(o => o.Sensitivity), [.. _table.Measures.Select((_, m) => options.Sum(o => o.Costs[m]))])),
    ];

    private (Step[][][] Steps, int[][] Reached) Walk(PatternWalk pattern)
    {
        var (steps, all) = (new Step[Levels][][], new int[Levels][]);
        var reached = new HashSet<int> { 0 };
        for (var level = 0; level < Levels; level++)
        {
            all[level] = [.. reached.Order()];
            steps[level] = [.. Enumerable.Range(0, _states).Select(last => reached.Contains(last) ? StepsFrom(pattern, level, last) : [])];
            reached = [.. steps[level].SelectMany(s => s).Select(s => s.Last)];
        }

        return (steps, all);
    }

    private Step[] StepsFrom(PatternWalk pattern, int level, int last) =>
    [
        .. from choice in Enumerable.Range(0, Choices[level].Length)
           let width = Choices[level][choice].Width
           where pattern.Allows(level, last, width)
           select new Step(choice, pattern.After(level, last, width)),
    ];
}
