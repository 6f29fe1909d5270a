using static TorchSharp.torch;

namespace BitSearch.Torch.Data;

/// <summary>
/// Batches of an <see cref="ImageSet"/> as networks eat them. Pure functions of their arguments: the only randomness is the
/// generator passed in. Results join the caller's dispose scope, so open one a step.
/// </summary>
public static class ImageBatches
{
    /// <summary>The order of one epoch: a random permutation, int64 [count]; a batch is a <c>narrow</c> of it.</summary>
    public static Tensor Shuffle(int count, Random random) => tensor(Permutation.Of(count, random), int64);

    /// <summary>The batches of one pass in order; the last may be smaller, unless <paramref name="dropLast"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative count or a batch size below 1.</exception>
    public static IEnumerable<(int Start, int Count)> Ranges(int count, int batchSize, bool dropLast = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var end = dropLast ? count / batchSize * batchSize : count;
        return Enumerable.Range(0, (int)(((long)end + batchSize - 1) / batchSize))
            .Select(i => (i * batchSize, Math.Min(batchSize, end - (i * batchSize))));
    }

    /// <summary>Consecutive images without augmentation, for evaluation.</summary>
    /// <returns>float32 [count, c, h, w], normalized.</returns>
    public static Tensor Gather(ImageSet set, int start, int count, ImageStatistics statistics)
    {
        using var scope = new TensorScope();
        return scope.Keep(statistics.Normalize(set.Images.narrow(0, start, count)));
    }

    /// <summary>The images at the given places, augmented and normalized, for training.</summary>
    /// <param name="set">Where images are taken from.</param>
    /// <param name="indices">int64 [b], each in 0..n - 1; repetitions are fine.</param>
    /// <param name="statistics">What images are normalized with.</param>
    /// <param name="augmentation">How images are varied.</param>
    /// <param name="random">
    /// Draws, image by image: row and column of the crop (when cropping), then the flip (when flipping).
    /// </param>
    /// <returns>float32 [b, c, h, w], normalized.</returns>
    public static Tensor Gather(ImageSet set, Tensor indices, ImageStatistics statistics, Augmentation augmentation, Random random)
    {
        using var scope = new TensorScope();
        var pixels = set.Images.index_select(0, indices);
        if (augmentation.Flip || augmentation.CropPadding > 0)
        {
            pixels = Augment(pixels, augmentation, random);
        }

        return scope.Keep(statistics.Normalize(pixels));
    }

    /// <summary>The labels at the given places, int64 [b].</summary>
    public static Tensor Labels(ImageSet set, Tensor indices) => set.Labels.index_select(0, indices);

    /// <summary>The labels of consecutive images, int64 [count].</summary>
    public static Tensor Labels(ImageSet set, int start, int count) => set.Labels.narrow(0, start, count);

    /// <summary>Reads every output pixel from its place in the padded batch: one row and one column index an image.</summary>
    private static Tensor Augment(Tensor pixels, Augmentation augmentation, Random random)
    {
        var (b, c, h, w, p) = (pixels.shape[0], pixels.shape[1], pixels.shape[2], pixels.shape[3], augmentation.CropPadding);
        var (rows, columns) = Sources((int)b, (int)h, (int)w, augmentation, random);
        var padded = p == 0 ? pixels : nn.functional.pad(pixels, [p, p, p, p]);
        var width = w + (2 * p);
        var places = columns.unsqueeze(1).add(rows.unsqueeze(2), Numbers.Whole(width));
        var source = places.reshape(b, 1, h * w).expand(b, c, h * w);
        return padded.reshape(b, c, (h + (2 * p)) * width).gather(2, source).reshape(b, c, h, w);
    }

    /// <summary>For each image the padded row of each output row, int64 [b, h], and the padded column of each column, [b, w].</summary>
    private static (Tensor Rows, Tensor Columns) Sources(int b, int h, int w, Augmentation augmentation, Random random)
    {
        var (rows, columns) = (new long[b * h], new long[b * w]);
        var places = (2 * augmentation.CropPadding) + 1;
        for (var i = 0; i < b; i++)
        {
            var (top, left) = places > 1 ? (random.Next(places), random.Next(places)) : (0, 0);
            var mirrored = augmentation.Flip && random.Next(2) == 1;
            for (var y = 0; y < h; y++)
            {
                rows[(i * h) + y] = top + y;
            }

            for (var x = 0; x < w; x++)
            {
                columns[(i * w) + x] = left + (mirrored ? w - 1 - x : x);
            }
        }

        return (tensor(rows).reshape(b, h), tensor(columns).reshape(b, w));
    }
}
