using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests.Extending;

/// <summary>Changes one width of the best schedule so far; draws at random where no such neighbour is new.</summary>
[Component("hill-climb")]
public sealed class HillClimbProposer : IProposer
{
    /// <inheritdoc/>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
    {
        var best = history.Scores.MinBy(s => s.MeanErrorRate)?.Schedule;
        var neighbours = best is null ? [] : Neighbours(space, best).Where(n => space.Contains(n) && !history.Contains(n)).ToList();
        return neighbours.Count > 0 ? neighbours[random.Next(neighbours.Count)] : space.Sample(random, history.Schedules);
    }

    private static IEnumerable<Schedule> Neighbours(SearchSpace space, Schedule schedule) =>
        from point in Enumerable.Range(0, schedule.Count)
        from width in space.Network.Points[point].Widths
        where width != schedule[point]
        select schedule.With(point, width);
}
