using BitSearch.Torch.Data;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using TorchSharp;

namespace BitSearch.Torch.Tests.Training;

public sealed class TrainingBatchesTests
{
    [Fact]
    public void An_epoch_shows_no_image_twice_and_leaves_the_rest_of_the_order()
    {
        using var scope = new TensorScope();
        using var set = Numbered(11);
        var batches = TrainingBatches.Plain(set, ToySets.Statistics(1), 4, new SeededRandom(1));

        var first = Enumerable.Range(0, batches.PerEpoch).SelectMany(_ => batches.Next().Labels.data<long>().ToArray()).ToArray();
        var second = Enumerable.Range(0, batches.PerEpoch).SelectMany(_ => batches.Next().Labels.data<long>().ToArray()).ToArray();

        Assert.Equal(8, first.Distinct().Count());
        Assert.Equal(8, second.Distinct().Count());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_set_smaller_than_a_batch_is_one_batch()
    {
        using var scope = new TensorScope();
        using var set = Numbered(3);
        var batches = TrainingBatches.Plain(set, ToySets.Statistics(1), 4, new SeededRandom(1));

        Assert.Equal(1, batches.PerEpoch);
        Assert.Equal([0, 1, 2], batches.Next().Labels.data<long>().ToArray().Order());
    }

    [Fact]
    public void Images_and_labels_stay_together()
    {
        using var scope = new TensorScope();
        using var set = Numbered(9, channels: 2);
        var (images, labels) = TrainingBatches.Plain(set, ToySets.Statistics(2), 9, new SeededRandom(1)).Next();

        TensorAssert.Close(((labels.to(torch.float32) / 255) - 0.5) / 0.25, images[torch.TensorIndex.Colon, 1, 3, 2], atol: 1e-6);
    }

    [Fact]
    public void Streams_depend_on_seed_repeat_and_purpose()
    {
        var streams = new TrainingStreams(new Seed(1), 0);
        Random[] all =
        [
            streams.Subset(), streams.Calibration(), streams.Batches(), streams.Augmentation(), streams.Reestimation(),
            new TrainingStreams(new Seed(1), 1).Batches(), new TrainingStreams(new Seed(2), 0).Batches(),
        ];

        Assert.Equal(7, all.Select(r => r.NextInt64()).Distinct().Count());
        Assert.Equal(streams.Batches().NextInt64(), streams.Batches().NextInt64());
    }

    /// <summary>Every pixel of image i is i, and so is its label.</summary>
    private static ImageSet Numbered(int count, int channels = 1)
    {
        using var scope = new TensorScope();
        var numbers = torch.arange(count, torch.int64);
        return new ImageSet(numbers.to(torch.uint8).reshape(count, 1, 1, 1).expand(count, channels, 4, 4).contiguous(), numbers);
    }
}
