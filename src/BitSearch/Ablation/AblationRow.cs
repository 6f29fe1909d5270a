using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Ablation;

/// <summary>A completed trial of an ablation.</summary>
/// <param name="Cell">Where it stands.</param>
/// <param name="Schedule">What was trained.</param>
/// <param name="Size">The bytes of its packed file.</param>
/// <param name="Repeat">With which seed.</param>
/// <param name="ErrorRate">On the validation images, 0..1.</param>
public sealed record AblationRow(AblationCell Cell, Schedule Schedule, MemorySize Size, int Repeat, double ErrorRate)
{
    /// <summary>The rows of a study's trials; trials that did not complete, and those of other arms, have none.</summary>
    public static IReadOnlyList<AblationRow> Of(IEnumerable<Trial> trials) =>
    [
        .. from trial in trials
           let cell = AblationCell.Of(trial.Arm)
           where cell is not null && trial.Completed is not null
           select new AblationRow(cell, trial.Schedule, trial.Artifact, trial.Repeat, trial.Completed!.ErrorRate),
    ];
}
