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
        using var course = new TrainingCourse(data, recipe, streams);
        var (batches, steps, curve) = (course.Batches, course.Steps, new List<double>());
        course.Calibrate(network, cancellationToken);
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
            var loss = Learn(course.RateAt(step - 1));
            if (!float.IsFinite(loss))
            {
                return Diverged(curve, $"at step {step}", loss);
            }

            report(new TrainingProgress.Step(step, steps, loss));
            if (step % batches.PerEpoch == 0 && step < steps)
            {
                Validate(step / batches.PerEpoch);
            }

            if (step < steps && !climb.At(step))
            {
                return Halted(curve);
            }
        }

        course.Reestimate(network, cancellationToken);
        network.eval();
        var score = Validate(Math.Max(1, steps / batches.PerEpoch));
        return score is { } last && !double.IsFinite(last.Loss)
            ? Diverged(curve, "in validation", last.Loss)
            : new TrainingResult([.. curve], score, null);

        // One step down, unless the loss is no number.
        float Learn(double rate)
        {
            using var scope = new TensorScope();
            var (images, labels) = batches.Next();
            using var turn = network.Turn(images, backward: true);
            var loss = nn.functional.cross_entropy(network.forward(images), labels, label_smoothing: recipe.LabelSmoothing);
            var value = loss.item<float>();
            if (float.IsFinite(value))
            {
                optimizer.Step(loss, rate);
                turn.Done();
                network.AfterStep();
            }

            return value;
        }

        double Glance(ImageSet images)
        {
            using var norms = network.KeepNorms();
            course.Reestimate(network, cancellationToken);
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

    private static TrainingResult Halted(List<double> curve) => new([.. curve], null, null) { Halted = true };

    private static TrainingResult Diverged(List<double> curve, string where, double loss) =>
        new([.. curve], null, string.Create(CultureInfo.InvariantCulture, $"diverged {where}: loss {loss}"));
}
