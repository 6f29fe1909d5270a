using BitSearch.Torch.Data;
using static TorchSharp.torch;

namespace BitSearch.Torch.Training;

/// <summary>
/// An endless sequence of training batches: epoch after epoch, each in a new random order. Batches are full: the images that
/// would make a smaller last one are left to the next epoch's order, because BatchNorm learns nothing good from a few images.
/// A set smaller than a batch is one batch.
/// </summary>
/// <param name="set">The images.</param>
/// <param name="statistics">What they are normalized with.</param>
/// <param name="batch">Images a batch, at least 1.</param>
/// <param name="order">Orders each epoch.</param>
/// <param name="augmentation">How images are varied.</param>
/// <param name="variation">Draws the variations.</param>
public sealed class TrainingBatches(
    ImageSet set, ImageStatistics statistics, int batch, Random order, Augmentation augmentation, Random variation)
{
    private readonly int _batch = Math.Min(batch, set.Count);
    private int[] _order = [];
    private int _next;

    /// <summary>Batches in an epoch: floor(n / batch), at least 1.</summary>
    public int PerEpoch => Math.Max(1, set.Count / batch);

    /// <summary>Batches without variation, for calibration and re-estimation.</summary>
    public static TrainingBatches Plain(ImageSet set, ImageStatistics statistics, int batch, Random order) =>
        new(set, statistics, batch, order, Augmentation.None, order);

    /// <summary>The next batch. Its tensors join the caller's dispose scope.</summary>
    /// <returns>Images float32 [b, c, h, w], normalized; labels int64 [b].</returns>
    public (Tensor Images, Tensor Labels) Next()
    {
        using var scope = new TensorScope();
        if (_next + _batch > _order.Length)
        {
            (_order, _next) = (Permutation.Of(set.Count, order), 0);
        }

        var indices = tensor(_order.AsSpan(_next, _batch).ToArray(), int64);
        _next += _batch;
        var images = ImageBatches.Gather(set, indices, statistics, augmentation, variation);
        return scope.Keep(images, ImageBatches.Labels(set, indices));
    }
}
