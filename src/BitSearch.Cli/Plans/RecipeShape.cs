using BitSearch.Study;

namespace BitSearch.Cli.Plans;

/// <summary>How <see cref="Recipe"/>s are written in plans.</summary>
internal static class RecipeShape
{
    /// <summary>A recipe; <paramref name="start"/> holds the defaults.</summary>
    public static MapShape<Recipe> Of(Recipe start) => new(
        "a recipe: keys such as optimizer, learningRate, epochs",
        start,
        Key("from", "Where training starts: from full-precision weights (fine-tuning), or from scratch.",
            Shapes.Choice<StartFrom>(), r => r.From, (r, v) => r with { From = v }),
        Key("optimizer", "Stochastic gradient descent with momentum, or Adam.",
            Shapes.Choice<OptimizerKind>(), r => r.Optimizer, (r, v) => r with { Optimizer = v }),
        Key("learningRate", "The initial learning rate.",
            Shapes.Number(0, above: true), r => r.LearningRate, (r, v) => r with { LearningRate = v }),
        Key("schedule", "The rate's course: half a cosine to zero, divided by ten after a half and after three quarters, or constant.",
            Shapes.Choice<RateSchedule>(), r => r.Schedule, (r, v) => r with { Schedule = v }),
        Key("momentum", "SGD's momentum.",
            Shapes.Number(0, below: 1), r => r.Momentum, (r, v) => r with { Momentum = v }),
        Key("weightDecay", "L2 penalty on the layers' weights; step sizes, biases and norms have none.",
            Shapes.Number(0), r => r.WeightDecay, (r, v) => r with { WeightDecay = v }),
        Key("epochs", "Passes over the training subset; ignored when steps is given.",
            Shapes.Whole(1, 100_000), r => r.Epochs, (r, v) => r with { Epochs = v }),
        Key("steps", "Optimizer steps, instead of epochs. 0 calibrates and re-estimates only.",
            new OptionalShape<int>(Shapes.Whole(0, 100_000_000)), r => r.Steps, (r, v) => r with { Steps = v }),
        Key("batch", "Images a step.",
            Shapes.Whole(1, 100_000), r => r.Batch, (r, v) => r with { Batch = v }),
        Key("labelSmoothing", "Label smoothing.",
            Shapes.Number(0, below: 1), r => r.LabelSmoothing, (r, v) => r with { LabelSmoothing = v }),
        Key("subset", "How many training images are used, drawn once per repeat; all by default.",
            new OptionalShape<int>(Shapes.Whole(1)), r => r.Subset, (r, v) => r with { Subset = v }),
        Key("reestimateBatchNorm", "Training batches over which BatchNorm statistics are re-estimated after training; 0: not at all.",
            Shapes.Whole(0, 100_000), r => r.ReestimateBatchNorm, (r, v) => r with { ReestimateBatchNorm = v }),
        Key("calibrationBatches", "Training batches over which quantizers set their ranges before training.",
            Shapes.Whole(1, 100_000), r => r.CalibrationBatches, (r, v) => r with { CalibrationBatches = v }),
        Key("flip", "Random horizontal flips.",
            Shapes.Flag, r => r.Flip, (r, v) => r with { Flip = v }),
        Key("crop", "Random crops after padding by so many pixels; 0: none.",
            Shapes.Whole(0, 64), r => r.Crop, (r, v) => r with { Crop = v }));

    private static Field<Recipe, T> Key<T>(string name, string description, Shape<T> shape, Func<Recipe, T?> get, Func<Recipe, T, Recipe> set) =>
        new(name, description, shape, get, set);
}
