using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Training;

/// <summary>
/// Sets the running statistics of BatchNorm layers anew: after a short fine-tune they still remember the network before it.
/// </summary>
public static class BatchNormStatistics
{
    /// <summary>
    /// Resets the running statistics and averages those of <paramref name="batches"/> batches, each with the same weight:
    /// before batch k the momentum is 1/k. Layers see activations normalized by the batch, as in training. Momenta and mode
    /// are put back; nothing happens without batches or without BatchNorm layers.
    /// </summary>
    /// <param name="network">[b, c, h, w] to anything.</param>
    /// <param name="images">The batches, plain ones.</param>
    /// <param name="batches">How many.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">A stop was requested; the statistics are then half done.</exception>
    public static void Reestimate(
        nn.Module<Tensor, Tensor> network, TrainingBatches images, int batches, CancellationToken cancellationToken)
    {
        var norms = network.modules().OfType<BatchNorm>().Select(n => (Norm: n, Momentum: n.momentum)).ToList();
        if (batches == 0 || norms.Count == 0)
        {
            return;
        }

        using var mode = new Mode(network, training: true);
        using var without = no_grad();
        norms.ForEach(n => n.Norm.reset_running_stats());
        for (var k = 1; k <= batches; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            norms.ForEach(n => n.Norm.momentum = 1.0 / k);
            network.forward(images.Next().Images);
        }

        norms.ForEach(n => n.Norm.momentum = n.Momentum);
    }
}
