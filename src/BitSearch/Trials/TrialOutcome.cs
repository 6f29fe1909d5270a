namespace BitSearch.Trials;

/// <summary>How a trial ended. Closed: completed, pruned or failed.</summary>
public abstract record TrialOutcome
{
    private TrialOutcome()
    {
    }

    /// <summary>How long the evaluation took. Left out of every comparison of results.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// Its scores at the rungs of the study's ladder in their order, as far as it climbed; smaller is better. Empty without one.
    /// </summary>
    public EquatableArray<double> Rungs { get; init; }

    /// <summary>The schedule was trained and scored on the validation split.</summary>
    /// <param name="ErrorRate">Misclassified share of the validation images, 0..1.</param>
    /// <param name="Loss">Mean cross-entropy on the validation images, in nats.</param>
    public sealed record Completed(double ErrorRate, double Loss) : TrialOutcome
    {
        /// <summary>Validation error rate after each epoch (or part of the training), the last entry included.</summary>
        public EquatableArray<double> Curve { get; init; }
    }

    /// <summary>The evaluation was stopped early because it could not win.</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Pruned(string Reason) : TrialOutcome;

    /// <summary>The evaluation broke: the loss became NaN, memory ran out.</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Failed(string Reason) : TrialOutcome;
}
