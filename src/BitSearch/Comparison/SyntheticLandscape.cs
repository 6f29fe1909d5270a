using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>
/// A landscape by a formula. Its harm is 0 at full precision, where the error rate is <see cref="FloatError"/>, and scaled so
/// that no schedule is worse than <see cref="ChanceError"/>.
/// </summary>
public abstract class SyntheticLandscape : ILandscape
{
    /// <summary>The error rate at full precision.</summary>
    public const double FloatError = 0.08;

    /// <summary>An error rate that none exceeds: chance with ten classes.</summary>
    public const double ChanceError = 0.9;

    /// <summary>The harm of single points if nothing else counts, so that the exact solver knows the front; null otherwise.</summary>
    public virtual HarmTable? Additive => null;

    /// <summary>The schedule whose size is the budget; null: four bits everywhere.</summary>
    public virtual Schedule? Planted => null;

    /// <summary>A harm that no schedule exceeds, above 0.</summary>
    protected abstract double MostHarm { get; }

    /// <summary>The error rate, 0.08 to 0.9.</summary>
    public double ErrorRate(Schedule schedule) => FloatError + ((ChanceError - FloatError) * Math.Clamp(Harm(schedule) / MostHarm, 0, 1));

    /// <summary>The error rate, and as loss the cross-entropy of a network that is equally sure of all its answers, -ln(1 - error).</summary>
    public TrialOutcome Outcome(Schedule schedule)
    {
        var error = ErrorRate(schedule);
        return new TrialOutcome.Completed(error, -Math.Log(1 - error));
    }

    /// <summary>The harm of a schedule, 0 up to <see cref="MostHarm"/>; 0 at full precision.</summary>
    protected abstract double Harm(Schedule schedule);
}
