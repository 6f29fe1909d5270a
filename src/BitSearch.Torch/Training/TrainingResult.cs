namespace BitSearch.Torch.Training;

/// <summary>How a training ended.</summary>
/// <param name="Curve">Validation error rate after each epoch, the last after BatchNorm re-estimation; empty without validation images.</param>
/// <param name="Validation">The last validation pass; null without validation images or after a failure.</param>
/// <param name="Failure">Why it broke, <c>diverged at step 7: loss NaN</c>; null if it did not.</param>
public sealed record TrainingResult(EquatableArray<double> Curve, Score? Validation, string? Failure)
{
    /// <summary>Whether a rung of a ladder ended it.</summary>
    public bool Halted { get; init; }
}
