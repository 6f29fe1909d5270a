using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>A schedule to evaluate, and what the strategy had said.</summary>
/// <param name="Schedule">Inside the space and new.</param>
/// <param name="Proposed">What the strategy proposed, if that had to be repaired; else null.</param>
public sealed record Proposal(Schedule Schedule, Schedule? Proposed)
{
    /// <summary>Asks a strategy, and repairs what it says where it must be.</summary>
    /// <param name="proposer">The strategy.</param>
    /// <param name="space">What may be proposed.</param>
    /// <param name="history">The arm's trials so far, running ones included.</param>
    /// <param name="measured">What the strategy needs.</param>
    /// <param name="repair">How to repair.</param>
    /// <param name="random">This proposal's own stream.</param>
    /// <returns>A new schedule of the space, or null when the strategy has nothing to propose or nothing new is left.</returns>
    /// <exception cref="InvalidOperationException">The strategy proposed a schedule of another network.</exception>
    public static Proposal? Ask(
        IProposer proposer, SearchSpace space, TrialHistory history, Measurements measured, RepairRule repair, Random random)
    {
        if (proposer.Propose(space, history, measured, random) is not { } proposed)
        {
            return null;
        }

        if (proposed.Count != space.Network.Points.Count)
        {
            throw new InvalidOperationException($"{proposer.GetType().Name} proposed {proposed}: {space.WhyNot(proposed)}");
        }

        if (IsNew(proposed))
        {
            return new Proposal(proposed, null);
        }

        var lowered = repair == RepairRule.LastLayerFirst ? space.LoweredFromLast(proposed) : proposed;
        var repaired = IsNew(lowered) ? lowered : space.Nearest(lowered, history.Schedules, random);
        return repaired is null ? null : new Proposal(repaired, proposed);

        bool IsNew(Schedule schedule) => !history.Contains(schedule) && space.Contains(schedule);
    }
}
