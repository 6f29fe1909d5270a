using BitSearch.Allocation;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// Proposes what a measurement of single points says is best, taking their harm to add up (Dong et al. 2020, HAWQ-V2; Yao et
/// al. 2021, HAWQ-V3). First the optimum under the budgets; then alternately its neighbours (<see cref="Neighbourhood"/>) in
/// order of summed sensitivity, and the optima at tighter budgets: sixteenths of the way from the smallest schedule to the
/// limit of the first budget, the half first, then the quarters and so on. After these, any schedule. The order is a function
/// of space and measurement alone: outcomes change nothing, so that studies compare measurements and not searches.
/// </summary>
public abstract class AllocationProposer : IProposer
{
    private const int Sixteenths = 16;

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => [Measure];

    /// <summary>The measurement's name: of each point at each of its widths, the larger the more harm.</summary>
    protected abstract string Measure { get; }

    /// <inheritdoc/>
    /// <exception cref="PlanException">A value is missing or not finite; each is named by its point.</exception>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
    {
        var measurement = measured[Measure];
        var problem = SpaceTable.Of(space, Measure, (point, width) => measurement.Of(point.Name, width));
        var tried = Tried.In(history);
        return InOrder(space, problem).FirstOrDefault(s => !tried.Contains(s)) ?? space.Sample(random, history.Schedules);
    }

    private static IEnumerable<Schedule> InOrder(SearchSpace space, AllocationProblem problem)
    {
        if (ExactSolver.Solve(problem).Best is not { } optimum)
        {
            yield break;
        }

        yield return optimum.Schedule;
        using var tighter = Tighter(space, problem).GetEnumerator();
        foreach (var neighbour in Neighbourhood.Of(space, problem.Table, optimum.Schedule))
        {
            yield return neighbour;
            if (tighter.MoveNext())
            {
                yield return tighter.Current;
            }
        }

        while (tighter.MoveNext())
        {
            yield return tighter.Current;
        }
    }

    private static IEnumerable<Schedule> Tighter(SearchSpace space, AllocationProblem problem) => Enumerable.Range(1, Sixteenths - 1)
        .Select(k => ExactSolver.Solve(SpaceTable.Tightened(space, problem, (double)Reversed(k) / Sixteenths)).Best)
        .OfType<Solution>()
        .Select(s => s.Schedule);

    // Four bits in reverse: 1, 2, 3, ... become 8, 4, 12, ..., so that each prefix is spread evenly (van der Corput 1935).
    private static int Reversed(int k) => ((k & 1) << 3) | ((k & 2) << 1) | ((k & 4) >> 1) | ((k & 8) >> 3);
}
