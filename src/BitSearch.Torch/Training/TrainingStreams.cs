using BitSearch.Trials;

namespace BitSearch.Torch.Training;

/// <summary>
/// The random streams of one training: functions of the study's seed and the repeat, and of nothing else. The trial's number
/// and schedule do not enter, so all schedules of a repeat start from the same weights and see the same images in the same
/// order (common random numbers): what differs between two of them is the schedule.
/// </summary>
/// <param name="Seed">The study's seed.</param>
/// <param name="Repeat">The replicate, from 0.</param>
public readonly record struct TrainingStreams(Seed Seed, int Repeat)
{
    /// <summary>The seed of the network's random weights.</summary>
    public ulong Initialisation => Seed.Derive("initialisation", Repeat);

    /// <summary>Chooses the training subset.</summary>
    public Random Subset() => Seed.Stream("subset", Repeat);

    /// <summary>Chooses the images of calibration.</summary>
    public Random Calibration() => Seed.Stream("calibration", Repeat);

    /// <summary>Orders the images of each epoch.</summary>
    public Random Batches() => Seed.Stream("batches", Repeat);

    /// <summary>Varies the images of each batch.</summary>
    public Random Augmentation() => Seed.Stream("augmentation", Repeat);

    /// <summary>Chooses the schedules of shared training.</summary>
    public Random Schedules() => Seed.Stream("schedules", Repeat);

    /// <summary>Chooses the images of BatchNorm re-estimation.</summary>
    public Random Reestimation() => Seed.Stream("reestimation", Repeat);
}
