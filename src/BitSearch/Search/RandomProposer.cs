using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// Any of the schedules that the history lacks, each with the same probability, by counting: nothing is drawn and thrown
/// away, however small or nearly exhausted the space.
/// </summary>
[Component("random")]
public sealed class RandomProposer : IProposer
{
    /// <inheritdoc/>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random) => space.Sample(random, history.Schedules);
}
