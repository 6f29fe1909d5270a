using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using TorchSharp;

namespace BitSearch.Torch.Tests.Training;

public sealed class TrainerTests
{
    private static readonly Recipe FromScratch = new()
    {
        From = StartFrom.Scratch,
        LearningRate = 0.05,
        Epochs = 15,
        Batch = 32,
        WeightDecay = 1e-4,
    };

    private static readonly TrainingStreams Streams = new(new Seed(1), 0);

    [Fact]
    public void Digits_are_learned_from_scratch_and_survive_four_bits()
    {
        using var data = ToySets.Digits();
        using var full = LeNet(Bitwidth.Full);
        var trained = Fit(full, data, FromScratch);
        Assert.True(trained.Validation!.Accuracy > 0.93, $"float: {trained.Validation}");
        Assert.Equal(15, trained.Curve.Count);
        Assert.Equal(trained.Validation.ErrorRate, trained.Curve[^1]);

        using var coarse = LeNet(new Bitwidth(4));
        coarse.CopyFrom(full);
        var tuned = Fit(coarse, data, new Recipe { LearningRate = 0.01, Epochs = 3, Batch = 32 });
        Assert.True(tuned.Validation!.Accuracy > trained.Validation.Accuracy - 0.03, $"float: {trained.Validation}, 4 bits: {tuned.Validation}");
    }

    [Fact]
    public void Sixty_four_images_are_learned_by_heart()
    {
        using var data = ToySets.Digits();
        using var few = data.Train.Subset(64, new SeededRandom(1));
        using var splits = ToySets.Splits(few, few);
        using var network = LeNet(Bitwidth.Full);

        var result = Fit(network, splits, FromScratch with { Epochs = 40, WeightDecay = 0 });

        Assert.Equal(64, result.Validation!.Correct);
        Assert.True(result.Validation.Loss < 0.01, $"{result.Validation}");
    }

    [Fact]
    public void A_loss_that_is_no_number_is_a_result_that_names_the_step()
    {
        using var data = ToySets.Digits();
        using var network = LeNet(new Bitwidth(4));

        var result = Fit(network, data, FromScratch with { LearningRate = 1e20 });

        Assert.Matches("^diverged at step [0-9]+: loss (NaN|Infinity)$", result.Failure);
        Assert.Null(result.Validation);
    }

    [Fact]
    public void A_network_that_broke_in_the_last_step_is_found_in_validation()
    {
        using var data = ToySets.Digits();
        using var network = LeNet(Bitwidth.Full);

        var result = Fit(network, data, FromScratch with { LearningRate = 1e20, Steps = 1 });

        Assert.Matches("^diverged in validation: loss (NaN|Infinity)$", result.Failure);
    }

    [Fact]
    public void Without_steps_a_full_precision_network_keeps_its_weights_and_its_score()
    {
        using var data = ToySets.Digits();
        using var network = LeNet(Bitwidth.Full);
        var before = Scorer.Of(network, data.Validation, data.Statistics, TestContext.Current.CancellationToken);

        var result = Fit(network, data, FromScratch with { Steps = 0 });

        Assert.Equal(before.Correct, result.Validation!.Correct);
        using var same = LeNet(Bitwidth.Full);
        TensorAssert.Close(same.Layers[0].Weight, network.Layers[0].Weight, 0, 0);
    }

    [Fact]
    public void Every_step_and_epoch_is_reported_and_a_stop_is_heard_between_steps()
    {
        using var data = ToySets.Digits();
        using var network = LeNet(Bitwidth.Full);
        using var stop = new CancellationTokenSource();
        var heard = new List<TrainingProgress>();

        Assert.Throws<OperationCanceledException>(() => Trainer.Fit(network, data, FromScratch, Streams, null, progress =>
        {
            heard.Add(progress);
            if (heard.Count == 40)
            {
                stop.Cancel();
            }
        }, stop.Token));

        Assert.Equal(40, heard.Count);
        Assert.Equal(Enumerable.Range(1, 39), heard.OfType<TrainingProgress.Step>().Select(s => s.Done));
        Assert.All(heard.OfType<TrainingProgress.Step>(), s => Assert.Equal(31 * 15, s.Steps));
        Assert.Equal(1, heard.OfType<TrainingProgress.Epoch>().Single().Done);
    }

    [Fact]
    public void The_same_arguments_give_the_same_bits_and_another_repeat_gives_others()
    {
        using var data = ToySets.Digits();
        var recipe = FromScratch with { Steps = 12, Subset = 200, Flip = true, Crop = 1, LabelSmoothing = 0.1, Optimizer = OptimizerKind.Adam, LearningRate = 0.001 };
        using var first = LeNet(new Bitwidth(3));
        using var second = LeNet(new Bitwidth(3));
        using var third = LeNet(new Bitwidth(3));

        var results = new[] { Fit(first, data, recipe), Fit(second, data, recipe) };
        var other = Trainer.Fit(third, data, recipe, Streams with { Repeat = 1 }, null, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(results[0], results[1]);
        Assert.NotEqual(results[0].Validation!.Loss, other.Validation!.Loss);
        foreach (var (name, tensor) in first.state_dict())
        {
            TensorAssert.Close(tensor, second.state_dict()[name], 0, 0);
        }
    }

    [Fact]
    public void Statistics_after_re_estimation_are_the_averages_over_plain_batches()
    {
        using var data = ToySets.Digits();
        using var network = Build("vgg-small", 0.0625, Bitwidth.Full);
        var recipe = FromScratch with { Steps = 0, ReestimateBatchNorm = 3, Flip = true, Crop = 2 };

        Fit(network, data, recipe);

        using var scope = new TensorScope();
        using var without = torch.no_grad();
        var batches = TrainingBatches.Plain(data.Train, data.Statistics, recipe.Batch, Streams.Reestimation());
        var outputs = Enumerable.Range(0, 3).Select(_ => network.Layers[0].forward(batches.Next().Images)).ToArray();
        var state = network.state_dict();
        TensorAssert.Close(torch.stack(outputs.Select(o => o.mean([0L, 2, 3]))).mean([0L]), state["bn1.running_mean"], 1e-4, 1e-5);
        TensorAssert.Close(torch.stack(outputs.Select(o => o.var([0L, 2, 3], unbiased: true))).mean([0L]), state["bn1.running_var"], 1e-4, 1e-5);
    }

    [Fact]
    public void Training_leaves_no_tensors_behind()
    {
        using var data = ToySets.Digits();
        var recipe = FromScratch with { Steps = 20, ReestimateBatchNorm = 2, CalibrationBatches = 2 };
        LeakAssert.None(() =>
        {
            using var network = Build("vgg-small", 0.0625, new Bitwidth(4));
            Fit(network, data, recipe);
        });
    }

    [Fact]
    public void Without_validation_images_there_is_no_curve()
    {
        using var data = ToySets.Digits();
        using var none = data.Train.Slice(0, 0);
        using var splits = ToySets.Splits(data.Train, none);
        using var network = LeNet(Bitwidth.Full);

        var result = Fit(network, splits, FromScratch with { Steps = 2 });

        Assert.Equal(new TrainingResult([], null, null), result);
    }

    private static TrainingResult Fit(Network network, DataSplits data, Recipe recipe) =>
        Trainer.Fit(network, data, recipe, Streams, null, _ => { }, TestContext.Current.CancellationToken);

    private static Network LeNet(Bitwidth width) => Build("lenet5", 1, width);

    private static Network Build(string name, double multiplier, Bitwidth width)
    {
        var factory = NetworkFactory.Catalog.Create(name, "test");
        var spec = new NetworkSpec([1, 8, 8], 10, multiplier);
        var schedule = Schedule.Homogeneous(factory.Describe(spec).Points.Count, width);
        return factory.Create(spec, new QuantizerPair(new LsqFamily(), new LsqFamily(), false), schedule, Streams.Initialisation);
    }
}
