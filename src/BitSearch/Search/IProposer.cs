using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// A search strategy. Has no fields: what it proposes is a function of its arguments alone, so that resuming a study is
/// a consequence. Marked with <c>[Component]</c> under the name that plans use.
/// </summary>
public interface IProposer
{
    /// <summary>The next schedule to evaluate: inside the space and its budgets, and not in <paramref name="history"/>.</summary>
    /// <param name="space">What may be proposed.</param>
    /// <param name="history">The arm's trials so far, running ones included.</param>
    /// <param name="random">This proposal's own stream.</param>
    /// <returns>A schedule, or null when nothing is left to propose.</returns>
    Schedule? Propose(SearchSpace space, TrialHistory history, Random random);
}
