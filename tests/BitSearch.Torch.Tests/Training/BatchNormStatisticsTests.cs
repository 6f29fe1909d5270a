using BitSearch.Torch.Data;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Training;

public sealed class BatchNormStatisticsTests
{
    [Fact]
    public void Statistics_are_the_plain_averages_over_the_batches()
    {
        using var scope = new TensorScope();
        using var set = ToySets.Random(24, channels: 3);
        using var norm = nn.BatchNorm2d(3);
        norm.running_mean.fill_(77);
        var statistics = ToySets.Statistics(3);

        BatchNormStatistics.Reestimate(norm, Plain(set, statistics), 3, TestContext.Current.CancellationToken);

        var copy = Plain(set, statistics);
        var batches = Enumerable.Range(0, 3).Select(_ => copy.Next().Images).ToArray();
        var dims = new long[] { 0, 2, 3 };
        TensorAssert.Close(stack(batches.Select(b => b.mean(dims))).mean([0L]), norm.running_mean, atol: 1e-6);
        TensorAssert.Close(stack(batches.Select(b => b.var(dims, unbiased: true))).mean([0L]), norm.running_var, atol: 1e-6);
        Assert.Equal(0.1, norm.momentum);
        Assert.True(norm.training);
    }

    [Fact]
    public void A_layer_in_evaluation_mode_stays_in_it()
    {
        using var scope = new TensorScope();
        using var set = ToySets.Random(8, channels: 1);
        using var norm = nn.BatchNorm2d(1);
        norm.eval();

        BatchNormStatistics.Reestimate(norm, Plain(set, ToySets.Statistics(1)), 1, TestContext.Current.CancellationToken);

        Assert.False(norm.training);
        Assert.NotEqual(0, norm.running_mean.item<float>());
    }

    [Fact]
    public void No_batches_change_nothing()
    {
        using var set = ToySets.Random(8, channels: 1);
        using var norm = nn.BatchNorm2d(1);

        BatchNormStatistics.Reestimate(norm, Plain(set, ToySets.Statistics(1)), 0, TestContext.Current.CancellationToken);

        Assert.Equal(0, norm.running_mean.item<float>());
        Assert.Equal(1, norm.running_var.item<float>());
    }

    private static TrainingBatches Plain(ImageSet set, ImageStatistics statistics) =>
        TrainingBatches.Plain(set, statistics, 8, new SeededRandom(5));
}
