using BitSearch.Torch.Data;
using BitSearch.Trials;
using TorchSharp;

namespace BitSearch.Torch.Tests.Data;

public sealed class ImageSetTests
{
    [Fact]
    public void A_slice_shares_memory_and_outlives_its_source()
    {
        var set = ImageBatchesTests.RandomSet(10, 1, 2, 2, 1);
        var expected = set.Images.data<byte>().ToArray()[12..20];
        var slice = set.Slice(3, 2);
        set.Dispose();
        Assert.Equal((2, 1, 2, 2), (slice.Count, slice.Channels, slice.Height, slice.Width));
        Assert.Equal(expected, slice.Images.data<byte>().ToArray());
        Assert.Equal([3L, 4L], slice.Labels.data<long>().ToArray());
        slice.Dispose();
    }

    [Fact]
    public void A_set_made_in_a_dispose_scope_outlives_it()
    {
        ImageSet set;
        using (torch.NewDisposeScope())
        {
            set = ImageBatchesTests.RandomSet(3, 1, 2, 2, 1);
        }

        Assert.Equal([0L, 1L, 2L], set.Labels.data<long>().ToArray());
        set.Dispose();
    }

    [Fact]
    public void A_subset_is_distinct_images_in_order_and_repeatable()
    {
        using var set = ImageBatchesTests.RandomSet(10, 1, 4, 4, 1);
        using var first = set.Subset(6, new SeededRandom(2));
        using var second = set.Subset(6, new SeededRandom(2));
        var labels = first.Labels.data<long>().ToArray();
        Assert.Equal(labels.Distinct().Order(), labels);
        Assert.Equal(6, labels.Length);
        TensorAssert.Close(first.Images, second.Images, 0, 0);
        using var all = set.Subset(99, new SeededRandom(2));
        Assert.Equal(10, all.Count);
    }

    [Fact]
    public void Ranges_and_places_outside_the_set_are_refused()
    {
        using var set = ImageBatchesTests.RandomSet(10, 1, 2, 2, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Slice(8, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Slice(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Slice(1, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Select([10]));
    }

    [Fact]
    public void Tensors_of_another_kind_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        var labels = torch.zeros(2, torch.int64);
        Assert.Throws<ArgumentException>(() => new ImageSet(torch.zeros(2, 1, 2, 2), labels));
        Assert.Throws<ArgumentException>(() => new ImageSet(torch.zeros([2, 2, 2], torch.uint8), labels));
        Assert.Throws<ArgumentException>(() => new ImageSet(torch.zeros([3, 1, 2, 2], torch.uint8), labels));
        Assert.Throws<ArgumentException>(() => new ImageSet(torch.zeros([2, 1, 3, 2], torch.uint8).transpose(2, 3), labels));
    }

    [Fact]
    public void Statistics_are_the_population_mean_and_deviation()
    {
        using var set = new ImageSet(torch.tensor(new byte[] { 0, 255, 51, 51 }).reshape(2, 1, 1, 2), torch.zeros(2, torch.int64));
        var statistics = ImageStatistics.Of(set);
        Assert.Equal(0.35f, statistics.Mean[0], 1e-6f);
        Assert.Equal(Math.Sqrt(((0.35 * 0.35) + (0.65 * 0.65) + (2 * 0.15 * 0.15)) / 4), statistics.Std[0], 1e-6);
        Assert.Equal(new ImageStatistics([.. statistics.Mean], [.. statistics.Std]), statistics);
        Assert.Throws<ArgumentException>(() => new ImageStatistics([0], [0]));
        Assert.Throws<ArgumentException>(() => new ImageStatistics([0, 0], [1]));
        Assert.Throws<ArgumentException>(() => new ImageStatistics([0, 0], [1, 1]).Normalize(set.Images));
    }
}
