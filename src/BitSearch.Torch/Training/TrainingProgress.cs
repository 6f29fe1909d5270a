namespace BitSearch.Torch.Training;

/// <summary>What a training tells while it runs. Closed.</summary>
public abstract record TrainingProgress
{
    private TrainingProgress()
    {
    }

    /// <summary>A step ended.</summary>
    /// <param name="Done">Steps done, from 1.</param>
    /// <param name="Steps">Steps in all.</param>
    /// <param name="Loss">The step's training loss, in nats.</param>
    public sealed record Step(int Done, int Steps, double Loss) : TrainingProgress;

    /// <summary>A validation pass ended.</summary>
    /// <param name="Done">Epochs done, from 1; the last pass comes after BatchNorm re-estimation.</param>
    /// <param name="Validation">What it read.</param>
    public sealed record Epoch(int Done, Score Validation) : TrainingProgress;
}
