using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// A search strategy. Has no fields: what it proposes is a function of its arguments alone, so that resuming a study is
/// a consequence. Marked with <c>[Component]</c> under the name that plans use.
/// </summary>
public interface IProposer
{
    /// <summary>The measurements it cannot do without, by <see cref="Measurement.Name"/>; they are taken before the study begins.</summary>
    IReadOnlyList<string> Needs => [];

    /// <summary>
    /// The next schedule to evaluate. Best inside the space and not in <paramref name="history"/>; any other is repaired
    /// and noted as such, see <see cref="Proposal"/>.
    /// </summary>
    /// <param name="space">What may be proposed.</param>
    /// <param name="history">The arm's trials so far, running ones included.</param>
    /// <param name="measured">What was measured of the network: at least what it <see cref="Needs"/>.</param>
    /// <param name="random">This proposal's own stream.</param>
    /// <returns>A schedule of the space's network, or null when nothing is left to propose.</returns>
    Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random);
}
