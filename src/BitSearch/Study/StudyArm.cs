using BitSearch.Search;
using BitSearch.Space;

namespace BitSearch.Study;

/// <summary>One arm of a study, ready to run.</summary>
/// <param name="Name">Unique among the arms.</param>
/// <param name="Space">What it searches.</param>
/// <param name="Proposer">How it searches.</param>
/// <param name="Trials">How many schedules; 0: it proposes nothing.</param>
public sealed record StudyArm(string Name, SearchSpace Space, IProposer Proposer, int Trials)
{
    /// <summary>How proposals outside the space are repaired.</summary>
    public RepairRule Repair { get; init; }

    /// <summary>What the proposer <see cref="IProposer.Needs"/>.</summary>
    public Measurements Measured { get; init; } = Measurements.None;
}
