using BitSearch.Torch.Data;
using BitSearch.Trials;
using CsCheck;
using TorchSharp;

namespace BitSearch.Torch.Tests.Data;

public sealed class ImageBatchesTests
{
    private static readonly ImageStatistics Colours = new([0.4f, 0.5f, 0.6f], [0.2f, 0.25f, 0.3f]);

    [Fact]
    public void Augmented_batches_equal_a_naive_loop_over_pixels() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Int[1, 5], Gen.Int[1, 6], Gen.Int[0, 6], Gen.ULong).Sample(
            (flip, padding, height, width, batch, seed) =>
            {
                using var scope = torch.NewDisposeScope();
                using var set = RandomSet(7, 3, height, width, seed);
                var random = new SeededRandom(seed + 1);
                var indices = Enumerable.Range(0, batch).Select(_ => (long)random.Next(7)).ToArray();
                var augmentation = new Augmentation(flip, padding);

                var actual = ImageBatches.Gather(set, torch.tensor(indices), Colours, augmentation, new SeededRandom(seed));

                TensorAssert.Close(Naive(set, indices, augmentation, new SeededRandom(seed)), actual, rtol: 1e-6, atol: 1e-6);
            },
            iter: 300);

    [Fact]
    public void Without_augmentation_nothing_is_drawn_and_images_stay_as_they_are()
    {
        using var scope = torch.NewDisposeScope();
        using var set = RandomSet(9, 3, 4, 4, 1);
        var random = new SeededRandom(5);
        var gathered = ImageBatches.Gather(set, torch.tensor(new long[] { 3, 4, 5 }), Colours, Augmentation.None, random);
        TensorAssert.Close(ImageBatches.Gather(set, 3, 3, Colours), gathered, rtol: 0, atol: 0);
        Assert.Equal(new SeededRandom(5).Next(), random.Next());
        Assert.Equal(torch.float32, gathered.dtype);
    }

    [Fact]
    public void The_same_generator_state_gives_the_same_bits_whatever_the_global_generator_does()
    {
        using var scope = torch.NewDisposeScope();
        using var set = RandomSet(20, 3, 8, 8, 1);
        var indices = ImageBatches.Shuffle(20, new SeededRandom(3));
        torch.manual_seed(1);
        var first = ImageBatches.Gather(set, indices, Colours, Augmentation.Cifar, new SeededRandom(4));
        torch.manual_seed(2);
        TensorAssert.Close(first, ImageBatches.Gather(set, indices, Colours, Augmentation.Cifar, new SeededRandom(4)), 0, 0);
    }

    [Fact]
    public void Normalized_black_and_white_are_what_the_formula_says()
    {
        using var scope = torch.NewDisposeScope();
        using var set = new ImageSet(torch.tensor(new byte[] { 0, 255 }).reshape(2, 1, 1, 1), torch.tensor(new long[] { 0, 1 }));
        var pixels = ImageBatches.Gather(set, 0, 2, new ImageStatistics([0.25f], [0.5f]));
        Assert.Equal([-0.5f, 1.5f], pixels.data<float>().ToArray());
        Assert.Equal([1L], ImageBatches.Labels(set, torch.tensor(new long[] { 1 })).data<long>().ToArray());
        Assert.Equal([0L], ImageBatches.Labels(set, 0, 1).data<long>().ToArray());
    }

    [Fact]
    public void An_epoch_visits_every_image_once()
    {
        using var order = ImageBatches.Shuffle(1000, new SeededRandom(1));
        var places = order.data<long>().ToArray();
        Assert.NotEqual(Enumerable.Range(0, 1000).Select(i => (long)i), places);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), places.Order());
    }

    [Fact]
    public void Ranges_cover_the_pass_in_order()
    {
        Assert.Equal([(0, 4), (4, 4), (8, 2)], ImageBatches.Ranges(10, 4));
        Assert.Equal([(0, 4), (4, 4)], ImageBatches.Ranges(10, 4, dropLast: true));
        Assert.Equal([(0, 5), (5, 5)], ImageBatches.Ranges(10, 5, dropLast: true));
        Assert.Equal([(0, 3)], ImageBatches.Ranges(3, int.MaxValue));
        Assert.Empty(ImageBatches.Ranges(3, 4, dropLast: true));
        Assert.Empty(ImageBatches.Ranges(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageBatches.Ranges(3, 0));
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var set = RandomSet(20, 3, 8, 8, 1);
        LeakAssert.None(() =>
        {
            using var order = ImageBatches.Shuffle(20, new SeededRandom(3));
            using var batch = ImageBatches.Gather(set, order, Colours, Augmentation.Cifar, new SeededRandom(4));
            using var plain = ImageBatches.Gather(set, 0, 20, Colours);
            using var part = set.Subset(7, new SeededRandom(1));
            _ = ImageStatistics.Of(set);
        });
    }

    internal static ImageSet RandomSet(int n, int channels, int height, int width, ulong seed)
    {
        var random = new SeededRandom(seed);
        var pixels = new byte[n * channels * height * width];
        random.NextBytes(pixels);
        return RawImages.ToSet(pixels, [.. Enumerable.Range(0, n).Select(i => (byte)(i % 10))], (channels, height, width));
    }

    private static torch.Tensor Naive(ImageSet set, long[] indices, Augmentation augmentation, Random random)
    {
        var (c, h, w, p) = (set.Channels, set.Height, set.Width, augmentation.CropPadding);
        var source = set.Images.data<byte>().ToArray();
        var result = new float[indices.Length, c, h, w];
        for (var i = 0; i < indices.Length; i++)
        {
            var (top, left) = p > 0 ? (random.Next((2 * p) + 1), random.Next((2 * p) + 1)) : (0, 0);
            var flip = augmentation.Flip && random.Next(2) == 1;
            for (var k = 0; k < c; k++)
            {
                for (var y = 0; y < h; y++)
                {
                    for (var x = 0; x < w; x++)
                    {
                        var (sy, sx) = (y + top - p, (flip ? w - 1 - x : x) + left - p);
                        var inside = sy >= 0 && sy < h && sx >= 0 && sx < w;
                        var pixel = inside ? source[(((((indices[i] * c) + k) * h) + sy) * w) + sx] : 0;
                        result[i, k, y, x] = ((pixel / 255f) - Colours.Mean[k]) / Colours.Std[k];
                    }
                }
            }
        }

        return torch.tensor(result);
    }
}
