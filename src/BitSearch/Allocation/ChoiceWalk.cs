using System.Collections.Immutable;
using System.Numerics;
using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>What a group of tied points may take: sums over its points.</summary>
internal sealed record Choice(Bitwidth Width, double Sensitivity, long[] Costs);

/// <summary>A step of the walk: the choice taken, its place among the level's, and what later levels have to know of it.</summary>
internal readonly record struct Step(int Number, Choice Taken, int Last);

/// <summary>
/// A problem as a walk over groups of tied points, one choice a level, under a pattern. A table alone is walked by
/// <see cref="PatternWalk"/>; a search space by its own <see cref="ScheduleWalk"/>, whose steps know what several groups cost
/// together, and without the steps that would hold too many activations at one time.
/// </summary>
internal sealed class ChoiceWalk
{
    private readonly SensitivityTable _table;
    private readonly ImmutableArray<PointGroup> _groups;
    private readonly Step[][][] _steps; // [level][last], empty where the walk cannot come by.
    private readonly int[][] _reached; // The states that the walk can come by at each level.

    /// <exception cref="PlanException">No schedule follows the pattern.</exception>
    public ChoiceWalk(SensitivityTable table, SchedulePattern pattern)
    {
        (_table, _groups) = (table, table.Groups(pattern));
        Choices = [.. _groups.Select(ChoicesOf)];
        (_steps, _reached) = Walk(new PatternWalk(_groups, pattern, null));
        if (IsEmpty)
        {
            throw new PlanException("pattern", $"no schedule is {pattern.Name()}: the widths of single layers exclude each other", "another pattern, or other widths");
        }
    }

    private ChoiceWalk(SensitivityTable table, SearchSpace space, IReadOnlyList<BudgetMeasure> measures)
    {
        var walk = space.UnlimitedWalk;
        (_table, _groups) = (table, walk.Groups);
        Choices = [.. _groups.Select(ChoicesOf)];
        var peak = Footprints.Limits(space.Budgets).Peak;
        _steps = [.. walk.Moves.Select((states, level) => states
            .Select(moves => moves.Where(m => m.Cost.Peak <= peak).Select(m => StepOf(level, m, measures)).ToArray()).ToArray())];
        _reached = [.. walk.Moves.Select(states => Enumerable.Range(0, states.Length).ToArray())];
    }

    /// <summary>The walk of a problem.</summary>
    /// <exception cref="PlanException">No schedule follows the pattern.</exception>
    public static ChoiceWalk Of(AllocationProblem problem) => problem.Space is { } space
        ? new ChoiceWalk(problem.Table, space, problem.Measures)
        : new ChoiceWalk(problem.Table, problem.Pattern);

    /// <summary>Whether there is no schedule, limits aside (but for that on live activations).</summary>
    public bool IsEmpty => double.IsPositiveInfinity(LeastToEnd(_ => 0.0, double.PositiveInfinity)[0][0]);

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
        least[Levels] = new T[1 + _steps[^1].SelectMany(s => s).Select(s => s.Last).DefaultIfEmpty().Max()];
        for (var level = Levels - 1; level >= 0; level--)
        {
            least[level] = new T[_steps[level].Length];
            foreach (var last in _reached[level])
            {
                var best = none;
                foreach (var step in _steps[level][last])
                {
                    var rest = least[level + 1][step.Last];
                    best = rest < none ? T.Min(best, value(step.Taken) + rest) : best;
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
        var (sensitivity, last) = (0.0, 0);
        for (var level = 0; level < Levels; level++)
        {
            var number = choices[level];
            (_, var choice, last) = Array.Find(_steps[level][last], s => s.Number == number);
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

    private Step StepOf(int level, Move move, IReadOnlyList<BudgetMeasure> measures)
    {
        var choice = Choices[level][move.Choice];
        return new Step(move.Choice, choice with { Costs = [.. measures.Select(of => move.Cost[of])] }, move.Next);
    }

    private (Step[][][] Steps, int[][] Reached) Walk(PatternWalk pattern)
    {
        var (steps, all) = (new Step[Levels][][], new int[Levels][]);
        var reached = new HashSet<int> { 0 };
        for (var level = 0; level < Levels; level++)
        {
            all[level] = [.. reached.Order()];
            steps[level] = [.. Enumerable.Range(0, pattern.States).Select(last => reached.Contains(last) ? StepsFrom(pattern, level, last) : [])];
            reached = [.. steps[level].SelectMany(s => s).Select(s => s.Last)];
        }

        return (steps, all);
    }

    private Step[] StepsFrom(PatternWalk pattern, int level, int last) =>
    [
        .. from choice in Enumerable.Range(0, Choices[level].Length)
           let width = Choices[level][choice].Width
           where pattern.Allows(level, last, width)
           select new Step(choice, Choices[level][choice], pattern.After(level, last, width)),
    ];
}
