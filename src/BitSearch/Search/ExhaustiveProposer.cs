using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// Every schedule of the space, one after another in the order of <see cref="SearchSpace.Enumerate"/>: the first one that the
/// history lacks. Counts instead of walking, so that the thousandth costs what the first did.
/// </summary>
[Component("exhaustive")]
public sealed class ExhaustiveProposer : IProposer
{
    /// <inheritdoc/>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random) => space.Nth(0, history.Schedules);
}
