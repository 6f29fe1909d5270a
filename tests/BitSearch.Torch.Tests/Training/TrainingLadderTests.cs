using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using BitSearch.Trials;

namespace BitSearch.Torch.Tests.Training;

/// <summary>Looking at a training from a ladder, starting it from somewhere else, and weights that serve every width.</summary>
public sealed class TrainingLadderTests : IDisposable
{
    private static readonly NetworkSpec Spec = new([1, 8, 8], 10, 1);
    private static readonly Recipe Short = new() { LearningRate = 0.02, Steps = 30, Batch = 32, Subset = 256, ReestimateBatchNorm = 3 };
    private static readonly LadderPlan Rungs = new() { Rungs = [new(RungKind.Proxy), new(RungKind.Start), new(RungKind.Steps, 5), new(RungKind.Steps, 20)], Images = 100 };

    private readonly DataSplits _data = ToySets.Digits();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Who_climbs_to_the_end_gets_the_same_as_without_a_ladder()
    {
        using var without = Evaluator(Plan());
        using var with = Evaluator(Plan() with { Ladder = Rungs });

        var expected = Evaluate(without, new Evaluation(0, Homogeneous(2), 0));
        var climbed = Evaluate(with, new Evaluation(1, Homogeneous(2), 0));

        Assert.Equal(expected, climbed with { Rungs = default });
        Assert.Equal(4, climbed.Rungs.Count);
        Assert.All(climbed.Rungs.Skip(1), e => Assert.InRange(e, 0, 1));
        Assert.InRange(climbed.Rungs[0], 0.01, 10);
    }

    [Fact]
    public void A_pruned_training_stops_at_its_rung_with_the_reason()
    {
        using var evaluator = Evaluator(Plan() with { Ladder = Rungs });
        var steps = 0;
        var outcome = evaluator.Evaluate(
            new Evaluation(0, Homogeneous(2), 0) { WhyPrune = (rung, score) => rung == 2 ? $"no better than {score}" : null },
            e => steps += e is StudyEvent.StepFinished ? 1 : 0,
            TestContext.Current.CancellationToken);
        Assert.Equal(5, steps);
        Assert.Equal($"no better than {outcome.Rungs[2]}", Assert.IsType<TrialOutcome.Pruned>(outcome).Reason);
        Assert.Equal(3, outcome.Rungs.Count);
    }

    [Fact]
    public void Full_precision_moves_no_weights_and_fewer_bits_move_them_more()
    {
        using var evaluator = Evaluator(Plan() with { Ladder = Rungs });
        var noise = new[] { 32, 8, 4, 2 }.Select((bits, i) => Evaluate(evaluator, new Evaluation(i, Homogeneous(bits), 0)).Rungs[0]).ToList();
        Assert.Equal(0, noise[0]);
        Assert.Equal(noise.Order(), noise);
        Assert.Equal(4, noise.Distinct().Count());
    }

    [Fact]
    public void A_warm_start_takes_weights_and_ranges_from_the_other_trial()
    {
        using var evaluator = Evaluator(Plan(Short with { Steps = 0, ReestimateBatchNorm = 0 }));
        using var trainer = Evaluator(Plan());
        var source = new Evaluation(0, Homogeneous(4), 0);
        var trained = Assert.IsType<TrialOutcome.Completed>(Evaluate(trainer, source));

        // The same training, but the start is the end of the other one.
        var warm = Assert.IsType<TrialOutcome.Completed>(Evaluate(trainer, new Evaluation(1, Homogeneous(4), 0) { WarmStart = source }));
        var cold = Assert.IsType<TrialOutcome.Completed>(Evaluate(evaluator, new Evaluation(2, Homogeneous(4), 0)));

        Assert.NotEqual(trained, warm);
        Assert.True(warm.Loss < cold.Loss);
        File.Delete(_folder.PathOf("0.safetensors"));
        Assert.Equal(warm, Evaluate(trainer, new Evaluation(3, Homogeneous(4), 0) { WarmStart = source }));
    }

    [Fact]
    public void Shared_weights_are_the_same_bits_however_many_replicas_compute_them()
    {
        using var one = Shared("one", 1);
        using var three = Shared("three", 3);
        var (expected, actual) = (one.Network.state_dict(), three.Network.state_dict());
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, t => TensorAssert.Close(t.Value, actual[t.Key], 0, 0));
        Assert.Contains(expected.Keys, k => k.EndsWith("conv2.weight_quantizer.b2.step", StringComparison.Ordinal));
        using var again = Shared("one", 2);
        Assert.True(again.Found);
        Assert.Equal(one.Time.TotalSeconds, again.Time.TotalSeconds, 1e-3);
    }

    [Fact]
    public void Shared_weights_serve_few_bits_better_than_float_weights_do_and_many_no_worse()
    {
        using var shared = Shared("shared", 2);
        var start = Short with { Steps = 0 };
        using var cold = Evaluator(Plan(start));
        using var warm = Evaluator(Plan(start with { From = StartFrom.Shared }), shared.Network);
        var (narrow, wide) = (Gain(2), Gain(4));

        Assert.True(narrow > 0.1, $"2 bits gain {narrow}");
        Assert.True(wide > -0.05, $"4 bits gain {wide}");

        double Gain(int bits)
        {
            var from = Assert.IsType<TrialOutcome.Completed>(Evaluate(cold, new Evaluation(bits, Homogeneous(bits), 0)));
            var to = Assert.IsType<TrialOutcome.Completed>(Evaluate(warm, new Evaluation(10 + bits, Homogeneous(bits), 0)));
            return from.Loss - to.Loss;
        }
    }

    private SharedWeights Shared(string name, int workers)
    {
        var plan = Plan() with { Shared = new SharedPlan { Recipe = Short with { Steps = 25 }, Random = 2 } };
        var network = QuantizerPair.Of(plan.Quantizer).Describe(new LeNet5().Describe(Spec));
        var spaces = new[] { SchedulePattern.Decreasing, SchedulePattern.Free }.Select(p => SearchSpace.Of(network, plan.Space, p, [])).ToEquatableArray();
        return SharedWeights.Obtain(
            plan, new Sandwich(spaces, 2, BudgetMeasure.Artifact), _data, Weights(), _folder.PathOf($"{name}.shared"), workers, _ => { }, TestContext.Current.CancellationToken);
    }

    private static Schedule Homogeneous(int bits) => Schedule.Homogeneous(new LeNet5().Describe(Spec).Points.Count, new Bitwidth(bits));

    private static StudyPlan Plan(Recipe? recipe = null) => new()
    {
        Name = "test",
        Data = new DataPlan("digits"),
        Network = new NetworkPlan("lenet5"),
        Space = new SpaceRules([new Bitwidth(2), new Bitwidth(4)]) { Activations = new ActivationRule(null, [new Bitwidth(2), new Bitwidth(4)]) },
        Training = recipe ?? Short,
        Arms = [],
    };

    private static TrialOutcome Evaluate(TrainingEvaluator evaluator, Evaluation evaluation) =>
        evaluator.Evaluate(evaluation, _ => { }, TestContext.Current.CancellationToken) with { Duration = default };

    // A float network that has learned something.
    private string Weights()
    {
        var path = _folder.PathOf("float.safetensors");
        if (!File.Exists(path))
        {
            using var network = new LeNet5().CreateFloat(Spec, Nonlinearity.Relu, 3);
            var recipe = new Recipe { From = StartFrom.Scratch, LearningRate = 0.05, Epochs = 3, Batch = 32 };
            Trainer.Fit(network, _data, recipe, new TrainingStreams(new Seed(1), 0), null, _ => { }, TestContext.Current.CancellationToken);
            network.Save(path);
        }

        return path;
    }

    private TrainingEvaluator Evaluator(StudyPlan plan, Network? shared = null) => new(plan, _data, Weights(), _folder.Root, shared);
}
