using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>No strategy: a list, from first to last. No component, since the list is its own.</summary>
/// <param name="schedules">Of the space.</param>
public sealed class GivenProposer(EquatableArray<Schedule> schedules) : IProposer
{
    /// <inheritdoc/>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random) =>
        schedules.FirstOrDefault(s => !history.Contains(s));
}
