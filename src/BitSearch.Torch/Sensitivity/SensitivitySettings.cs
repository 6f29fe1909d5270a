namespace BitSearch.Torch.Sensitivity;

/// <summary>How much work is put into measuring.</summary>
public sealed record SensitivitySettings
{
    /// <summary>Training images on which outputs, gradients and activations are read, at least 1; as many as there are, if fewer.</summary>
    public int Images { get; init; } = 256;

    /// <summary>Random vectors of the Hessian's trace, at least 2.</summary>
    public int Probes { get; init; } = 50;

    /// <summary>Optimizer steps of the fine-tuning that learns step sizes, at least 1.</summary>
    public int Steps { get; init; } = 40;

    /// <summary>Labelled training images on which classes are told apart, at least 2. More than the others: covariances need them.</summary>
    public int LabelledImages { get; init; } = 2000;

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<Problem> Check()
    {
        if (Images < 1)
        {
            yield return new Problem("--images", $"{Images} images measure nothing", "1 or more");
        }

        if (Probes < 2)
        {
            yield return new Problem("--probes", $"{Probes} random vectors have no standard error", "2 or more");
        }

        if (Steps < 1)
        {
            yield return new Problem("--steps", $"{Steps} steps learn nothing", "1 or more");
        }
    }
}

/// <summary>How far measuring is.</summary>
/// <param name="Done">Parts done, from 1.</param>
/// <param name="Parts">Parts in all.</param>
public readonly record struct MeasuringProgress(int Done, int Parts);
