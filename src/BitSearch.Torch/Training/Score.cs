namespace BitSearch.Torch.Training;

/// <summary>How well a network classifies a set of images.</summary>
/// <param name="Correct">Images whose largest output is their label's.</param>
/// <param name="Count">All images.</param>
/// <param name="Loss">Mean cross-entropy in nats, without label smoothing.</param>
public sealed record Score(int Correct, int Count, double Loss)
{
    /// <summary>Misclassified share, 0..1; NaN when there are no images.</summary>
    public double ErrorRate => (Count - Correct) / (double)Count;

    /// <summary>Correctly classified share, 0..1; NaN when there are no images.</summary>
    public double Accuracy => Correct / (double)Count;
}
