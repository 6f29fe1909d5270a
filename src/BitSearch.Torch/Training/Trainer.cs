using System.Globalization;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Training;

/// <summary>The one way in which networks are trained: float baselines, fine-tuning, from scratch.</summary>
public static class Trainer
{
    /// <summary>
    /// Calibrates the quantizers, takes the recipe's steps down the cross-entropy, re-estimates BatchNorm and reads the
    /// validation images; after every full epoch in between, too. The result depends on the arguments alone.
    /// </summary>
    /// <param name="network">Trained in place; left in evaluation mode.</param>
    /// <param name="data">Training and validation images; test is not touched.</param>
    /// <param name="recipe">How.</param>
    /// <param name="streams">All randomness.</param>
    /// <param name="ladder">Looks at the training on its way, and may end it; null: nobody does.</param>
    /// <param name="report">Hears of every step and validation pass, on this thread.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>The curve, or why the loss was no number any more; never an exception for that.</returns>
    /// <exception cref="OperationCanceledException">A stop was requested; the network is half trained.</exception>
    public static TrainingResult Fit(
        Network network,
        DataSplits data,
        Recipe recipe,
        TrainingStreams streams,
        TrainingLadder? ladder,
        Action<TrainingProgress> report,
        CancellationToken cancellationToken)
    {
        using var train = data.Train.Subset(recipe.Subset ?? data.Train.Count, streams.Subset());
        var batches = new TrainingBatches(
            train, data.Statistics, recipe.Batch, streams.Batches(), new Augmentation(recipe.Flip, recipe.Crop), streams.Augmentation());
        var steps = recipe.Steps ?? recipe.Epochs * batches.PerEpoch;
        var curve = new List<double>();

        var plain = TrainingBatches.Plain(train, data.Statistics, recipe.Batch, streams.Calibration());
        for (var batch = 0; batch < recipe.CalibrationBatches && Quantizes(network); batch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            network.Calibrate(plain.Next().Images);
        }

        var climb = new Climb(ladder, network.Noise, Glance);
        if (!climb.At(step: 0))
        {
            return Halted(curve);
        }

        using var optimizer = new TrainingOptimizer(network, recipe);
        network.train();
        for (var step = 1; step <= steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            var (images, labels) = batches.Next();
            var loss = nn.functional.cross_entropy(network.forward(images), labels, label_smoothing: recipe.LabelSmoothing);
            var value = loss.item<float>();
            if (!float.IsFinite(value))
            {
                return Diverged(curve, $"at step {step}", value);
            }

            optimizer.Step(loss, LearningRate.At(recipe.Schedule, recipe.LearningRate, step - 1, steps));
            network.AfterStep();
            report(new TrainingProgress.Step(step, steps, value));
            if (step % batches.PerEpoch == 0 && step < steps)
            {
                Validate(step / batches.PerEpoch);
            }

            if (step < steps && !climb.At(step))
            {
                return Halted(curve);
            }
        }

        Reestimate();
        network.eval();
        var score = Validate(Math.Max(1, steps / batches.PerEpoch));
        return score is { } last && !double.IsFinite(last.Loss)
            ? Diverged(curve, "in validation", last.Loss)
            : new TrainingResult([.. curve], score, null);

        void Reestimate()
        {
            using var scope = new TensorScope();
            var again = TrainingBatches.Plain(train, data.Statistics, recipe.Batch, streams.Reestimation());
            network.ReestimateNorms(Enumerable.Range(0, recipe.ReestimateBatchNorm).Select(_ => again.Next().Images), cancellationToken);
        }

        double Glance(ImageSet images)
        {
            using var norms = network.KeepNorms();
            Reestimate();
            return Scorer.Of(network, images, data.Statistics, cancellationToken).ErrorRate;
        }

        Score? Validate(int epoch)
        {
            if (data.Validation.Count == 0)
            {
                return null;
            }

            var read = Scorer.Of(network, data.Validation, data.Statistics, cancellationToken);
            curve.Add(read.ErrorRate);
            report(new TrainingProgress.Epoch(epoch, read));
            return read;
        }
    }

    private static bool Quantizes(Network network) => network.Schedule.Widths.Any(w => !w.IsFull);

    private static TrainingResult Halted(List<double> curve) => new([.. curve], null, null) { Halted = true };

    private static TrainingResult Diverged(List<double> curve, string where, double loss) =>
        new([.. curve], null, string.Create(CultureInfo.InvariantCulture, $"diverged {where}: loss {loss}"));
}
