using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;

namespace BitSearch.Torch.Training;

/// <summary>What every training does with its images: which ones, in which batches, for how many steps.</summary>
/// <param name="data">The training images are used, no others.</param>
/// <param name="recipe">How.</param>
/// <param name="streams">All randomness.</param>
internal sealed class TrainingCourse(DataSplits data, Recipe recipe, TrainingStreams streams) : IDisposable
{
    private readonly ImageSet _images = data.Train.Subset(recipe.Subset ?? data.Train.Count, streams.Subset());
    private TrainingBatches? _batches;

    /// <summary>What is learned from, in order, varied.</summary>
    public TrainingBatches Batches => _batches ??= new TrainingBatches(
        _images, data.Statistics, recipe.Batch, streams.Batches(), new Augmentation(recipe.Flip, recipe.Crop), streams.Augmentation());

    /// <summary>How many steps are taken.</summary>
    public int Steps => recipe.Steps ?? recipe.Epochs * Batches.PerEpoch;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">From 0.</param>
    public double RateAt(int step) => LearningRate.At(recipe.Schedule, recipe.LearningRate, step, Steps);

    /// <summary>Sets the quantizers' scales by the first batches; nothing where nothing quantizes.</summary>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public void Calibrate(Network network, CancellationToken cancellationToken)
    {
        var batches = Plain(streams.Calibration());
        for (var batch = 0; batch < recipe.CalibrationBatches && network.Quantizes; batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            network.Calibrate(batches.Next().Images);
        }
    }

    /// <summary>Replaces the norms' statistics by those of the network as it is.</summary>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public void Reestimate(Network network, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        var batches = Plain(streams.Reestimation());
        network.ReestimateNorms(Enumerable.Range(0, recipe.ReestimateBatchNorm).Select(_ => batches.Next().Images), cancellationToken);
    }

    /// <summary>Frees the images.</summary>
    public void Dispose() => _images.Dispose();

    private TrainingBatches Plain(Random order) => TrainingBatches.Plain(_images, data.Statistics, recipe.Batch, order);
}
