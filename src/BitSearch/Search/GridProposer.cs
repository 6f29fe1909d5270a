using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// A lattice by average bits. Lattice point j has an average number of bits per weight, equally spaced between the smallest
/// schedule's and that of the fullest within the budgets, from coarse to fine: both ends, then the van der Corput sequence
/// 1/2, 1/4, 3/4, 1/8 ... Its schedule is the nearest of the space to the even profile of that average
/// (<see cref="EvenProfile"/>), ties broken the same way always. Points whose schedule was tried are passed over; the grid
/// ends where a lattice twice as fine, and 64 points more, holds nothing new. It learns nothing: outcomes play no part, and nothing is drawn.
/// </summary>
[Component("grid")]
public sealed class GridProposer : IProposer
{
    private const int Patience = 64;

    /// <inheritdoc/>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
    {
        if (space.Fullest(BudgetMeasure.Artifact) is not { } fullest)
        {
            return null;
        }

        // Earlier proposals came from points before this one, or from points that are passed over again here.
        var first = history.Schedules.Count;
        var profile = new EvenProfile(new ScheduleCoding(space), space.Smallest(BudgetMeasure.Artifact).Schedule, fullest.Schedule);
        var seen = new HashSet<Schedule>();
        return Enumerable.Range(first, first + Patience)
            .Select(profile.At)
            .Where(seen.Add)
            .Select(s => space.Contains(s) ? s : space.Nearest(s, [], new SeededRandom(0)))
            .FirstOrDefault(s => s is not null && !history.Contains(s));
    }
}
