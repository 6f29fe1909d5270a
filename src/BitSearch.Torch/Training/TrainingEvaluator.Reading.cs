using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;

namespace BitSearch.Torch.Training;

/// <content>What is read of networks that were trained.</content>
public sealed partial class TrainingEvaluator
{
    /// <inheritdoc/>
    public TestScore Test(Evaluation evaluation, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        using var network = Load(evaluation, cancellationToken);
        var score = Scorer.Of(network, _data.Test, _data.Statistics, cancellationToken);
        return new TestScore(score.Correct, score.Count);
    }

    /// <summary>Whether the network that <see cref="Evaluate"/> trained is right, image by image.</summary>
    /// <param name="evaluation">A completed evaluation.</param>
    /// <param name="split">Which images.</param>
    /// <param name="most">At most so many, the first ones.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public IReadOnlyList<bool> Correct(Evaluation evaluation, Func<DataSplits, ImageSet> split, int most, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        using var network = Load(evaluation, cancellationToken);
        var all = split(_data);
        using var images = all.Slice(0, Math.Min(most, all.Count));
        return Scorer.Each(network, images, _data.Statistics, cancellationToken);
    }

    /// <summary>
    /// Whether the network that <see cref="Evaluate"/> trained is right on the validation images under another schedule, image by
    /// image: quantizers of changed widths are calibrated and the norms re-estimated as by the recipe, nothing is trained.
    /// </summary>
    /// <param name="evaluation">A completed evaluation.</param>
    /// <param name="schedule">The other schedule, or its own.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public IReadOnlyList<bool> CorrectUnder(Evaluation evaluation, Schedule schedule, CancellationToken cancellationToken)
    {
        TorchRuntime.OneThread();
        using var scope = new TensorScope();
        using var trained = Load(evaluation, cancellationToken);
        using var changed = _factory.Create(_spec, _quantizers, schedule, seed: 0);
        changed.CopyFrom(trained);
        using var course = new TrainingCourse(_data, _recipe, StreamsOf(evaluation));
        course.Calibrate(changed, cancellationToken);
        if (_recipe.ReestimateBatchNorm > 0)
        {
            course.Reestimate(changed, cancellationToken);
        }

        return Scorer.Each(changed, _data.Validation, _data.Statistics, cancellationToken);
    }

    /// <summary>The network that <see cref="Evaluate"/> trained for the same request, in evaluation mode.</summary>
    /// <param name="evaluation">A completed evaluation.</param>
    /// <param name="cancellationToken">Stops between two steps, should it have to be trained again.</param>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    /// <exception cref="InvalidOperationException">The training fails, so the evaluation was none that completed.</exception>
    public Network Load(Evaluation evaluation, CancellationToken cancellationToken)
    {
        var network = Create(evaluation, cancellationToken, filled: false);
        if (!Read(network) && !(TrainAgain() && Read(network)))
        {
            network.Dispose();
            throw new InvalidOperationException($"evaluation {evaluation.Number} does not complete, so there is nothing to load");
        }

        network.eval();
        return network;

        bool Read(Network empty) => Checkpoint.Read(PathOf(evaluation), empty, IdentityOf(evaluation)) is not null;

        bool TrainAgain()
        {
            using var scope = new TensorScope();
            using var again = Create(evaluation, cancellationToken);
            return Train(evaluation, again, null, _ => { }, cancellationToken).Failure is null;
        }
    }
}
