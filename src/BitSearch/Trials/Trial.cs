using BitSearch.Space;

namespace BitSearch.Trials;

/// <summary>One evaluation of one schedule: an immutable fact.</summary>
/// <param name="Number">Its place in the study, from 0.</param>
/// <param name="Arm">The arm that asked for it; <see cref="BaselineArm"/> for the homogeneous baselines.</param>
/// <param name="Schedule">What was evaluated.</param>
/// <param name="Repeat">Which replicate of the schedule, from 0: it decides the training seed.</param>
/// <param name="Outcome">How it ended; null while it runs, or if the process died.</param>
public sealed record Trial(int Number, string Arm, Schedule Schedule, int Repeat, TrialOutcome? Outcome = null)
{
    /// <summary>The arm of the homogeneous baselines that every study contains.</summary>
    public const string BaselineArm = "baseline";

    /// <summary>What the strategy had proposed, if <see cref="Schedule"/> is its repair; else null.</summary>
    public Schedule? Proposed { get; init; }

    /// <summary>The number of the earlier trial with the same schedule and repeat whose outcome this is; null if it was evaluated itself.</summary>
    public int? CopyOf { get; init; }

    /// <summary>The number of the trial whose trained weights it starts from; null: it starts from the study's own.</summary>
    public int? WarmStart { get; init; }

    /// <summary>The bytes of the packed file.</summary>
    public MemorySize Artifact { get; init; }

    /// <summary>The bytes of codes and scales of the weights.</summary>
    public MemorySize Weights { get; init; }

    /// <summary>The outcome if the trial completed, else null.</summary>
    public TrialOutcome.Completed? Completed => Outcome as TrialOutcome.Completed;

    /// <summary>What a budget of this measure is compared with.</summary>
    public MemorySize Size(BudgetMeasure of) => of switch
    {
        BudgetMeasure.Artifact => Artifact,
        BudgetMeasure.Weights => Weights,
        _ => throw new ArgumentOutOfRangeException(nameof(of), of, "a trial keeps the bytes of the artifact and of its weights"),
    };
}
