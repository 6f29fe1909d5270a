using System.Globalization;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Training;

/// <summary>
/// Trains one set of weights for many schedules. The schedules of a step are computed side by side, each on a replica of the
/// network and with one thread; their gradients are added in a fixed order, so any number of replicas gives the same bits.
/// </summary>
public static class SharedTrainer
{
    /// <summary>Calibrates all widths on the same images, then takes the recipe's steps down the mean loss of each step's schedules.</summary>
    /// <param name="replicas">Equal shared networks, at least one; the first is the result, left in evaluation mode.</param>
    /// <param name="data">The training images are used, no others.</param>
    /// <param name="recipe">How.</param>
    /// <param name="sandwich">Which schedules each step sees.</param>
    /// <param name="streams">All randomness.</param>
    /// <param name="report">Hears of every step, on this thread.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="PlanException">The loss was no number any more.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public static void Fit(
        IReadOnlyList<Network> replicas,
        DataSplits data,
        Recipe recipe,
        Sandwich sandwich,
        TrainingStreams streams,
        Action<TrainingProgress> report,
        CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        using var course = new TrainingCourse(data, recipe, streams);
        var (network, steps) = (replicas[0], course.Steps);
        course.Calibrate(network, cancellationToken);
        using var optimizer = new TrainingOptimizer(network, recipe);
        var schedules = streams.Schedules();
        foreach (var replica in replicas)
        {
            replica.train();
        }

        for (var step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inner = new TensorScope();
            var (images, labels) = course.Batches.Next();
            var members = sandwich.Of(step, schedules);
            var results = SideBySide(replicas, members, images, labels, recipe.LabelSmoothing);
            var loss = results.Average(r => r.Loss);
            if (!double.IsFinite(loss))
            {
                throw new PlanException("shared", string.Create(CultureInfo.InvariantCulture, $"diverged at step {step + 1}: loss {loss}"), "a smaller learning rate");
            }

            optimizer.Descend(results.Select(r => r.Gradients).ToList(), course.RateAt(step));
            network.AfterStep();
            report(new TrainingProgress.Step(step + 1, steps, loss));
        }

        network.eval();
    }

    // Member m is computed by replica m mod r, whichever thread that is: only who computes differs, not what.
    private static MemberResult[] SideBySide(IReadOnlyList<Network> replicas, IReadOnlyList<Schedule> members, Tensor images, Tensor labels, double smoothing)
    {
        var results = new MemberResult[members.Count];
        var first = replicas[0];
        OwnThread.RunAll(replicas.Count, r =>
        {
            if (r > 0)
            {
                replicas[r].CopyParametersFrom(first);
            }

            for (var m = r; m < members.Count; m += replicas.Count)
            {
                results[m] = Compute(replicas[r], members[m], images, labels, smoothing);
            }
        });
        return results;
    }

    private static MemberResult Compute(Network replica, Schedule schedule, Tensor images, Tensor labels, double smoothing)
    {
        using var scope = new TensorScope();
        replica.Use(schedule);
        replica.zero_grad();
        using var turn = replica.Turn(images, backward: true);
        var loss = nn.functional.cross_entropy(replica.forward(images), labels, label_smoothing: smoothing);
        loss.backward();
        turn.Done();
        var gradients = replica.DecayedParameters.Concat(replica.UndecayedParameters).Select(p => p.grad is { } g ? g.clone().DetachFromDisposeScope() : null).ToArray();
        return new MemberResult(loss.item<float>(), gradients);
    }

    private sealed record MemberResult(double Loss, Tensor?[] Gradients);
}
