namespace BitSearch.Study;

/// <summary>Where training starts.</summary>
public enum StartFrom
{
    /// <summary>From full-precision weights: fine-tuning.</summary>
    FloatWeights,

    /// <summary>From the network's own random initialisation.</summary>
    Scratch,

    /// <summary>From the study's shared weights, trained once to serve every allowed width.</summary>
    Shared,

    /// <summary>From the trained weights of the nearest finished schedule; from full-precision weights while there is none.</summary>
    Nearest,
}

/// <summary>The optimizers.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam (Kingma &amp; Ba 2015).</summary>
    Adam,
}

/// <summary>How the learning rate falls over training.</summary>
public enum RateSchedule
{
    /// <summary>Half a cosine from the initial rate to zero (Loshchilov &amp; Hutter 2017).</summary>
    Cosine,

    /// <summary>Divided by ten after a half and after three quarters of the steps.</summary>
    Step,

    /// <summary>The same throughout.</summary>
    Constant,
}

/// <summary>How to train, as data.</summary>
public sealed record Recipe
{
    /// <summary>Where training starts.</summary>
    public StartFrom From { get; init; } = StartFrom.FloatWeights;

    /// <summary>The optimizer.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>The initial learning rate, above 0.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>The rate's course.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Cosine;

    /// <summary>SGD's momentum, 0 up to but not including 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>L2 penalty on the weights; step sizes and norms have none. Not negative.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Passes over the training subset, at least 1; ignored when <see cref="Steps"/> is given.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Optimizer steps; null: <see cref="Epochs"/> decides. 0 calibrates and re-estimates only.</summary>
    public int? Steps { get; init; }

    /// <summary>Images a step, at least 1.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Label smoothing, 0 up to but not including 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The number of training images drawn once per repeat; null: all.</summary>
    public int? Subset { get; init; }

    /// <summary>Training batches over which BatchNorm statistics are re-estimated after training; 0: not at all.</summary>
    public int ReestimateBatchNorm { get; init; }

    /// <summary>Training batches over which quantizers set their ranges before training, at least 1.</summary>
    public int CalibrationBatches { get; init; } = 1;

    /// <summary>Random horizontal flips.</summary>
    public bool Flip { get; init; }

    /// <summary>Random crops after padding by so many pixels; 0: none.</summary>
    public int Crop { get; init; }
}
