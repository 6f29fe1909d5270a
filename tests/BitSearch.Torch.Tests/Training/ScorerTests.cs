using BitSearch.Torch.Data;
using BitSearch.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Training;

public sealed class ScorerTests
{
    [Fact]
    public void Correct_and_loss_are_those_of_the_whole_set_at_once()
    {
        using var scope = new TensorScope();
        using var set = ToySets.Random(230, channels: 1);
        using var network = Classifier();

        var score = Scorer.Of(network, set, ToySets.Statistics(1), TestContext.Current.CancellationToken);

        var logits = network.forward(ImageBatches.Gather(set, 0, 230, ToySets.Statistics(1)));
        Assert.Equal(logits.argmax(1).eq(set.Labels).sum().item<long>(), score.Correct);
        Assert.Equal(nn.functional.cross_entropy(logits, set.Labels).item<float>(), score.Loss, 1e-5);
        Assert.Equal(230, score.Count);
        Assert.Equal(1, score.Accuracy + score.ErrorRate, 12);
        Assert.True(network.training);
    }

    [Fact]
    public void Scoring_leaves_no_tensors_behind()
    {
        using var set = ToySets.Random(230, channels: 1);
        using var network = Classifier();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Scorer.Of(network, set, ToySets.Statistics(1), TestContext.Current.CancellationToken);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_requested_stop_is_heard()
    {
        using var set = ToySets.Random(3, channels: 1);
        using var network = Classifier();

        Assert.Throws<OperationCanceledException>(() => Scorer.Of(network, set, ToySets.Statistics(1), new CancellationToken(true)));
    }

    private static nn.Module<Tensor, Tensor> Classifier() =>
        nn.Sequential(nn.Flatten(), nn.Linear(16, 3));
}
