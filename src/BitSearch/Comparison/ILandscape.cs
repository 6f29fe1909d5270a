using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>What each schedule scores, known beforehand: asking costs nothing.</summary>
public interface ILandscape
{
    /// <summary>The outcome of a schedule; the same each time. Its duration is what a training took, zero if there was none.</summary>
    /// <exception cref="PlanException">Nothing is known of the schedule.</exception>
    TrialOutcome Outcome(Schedule schedule);
}
