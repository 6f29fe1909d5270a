using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using BitSearch.Trials;

namespace BitSearch.Torch.Tests.Training;

public sealed class TrainingEvaluatorTests : IDisposable
{
    private readonly DataSplits _data = ToySets.Digits();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_evaluation_depends_on_schedule_and_repeat_alone_not_on_what_ran_before_or_runs_beside()
    {
        using var evaluator = Evaluator(Fast);
        var first = Evaluate(evaluator, 0, Coarse);
        var other = Evaluate(evaluator, 1, Homogeneous(8));
        TrialOutcome? beside = null;
        var thread = new Thread(() => beside = Evaluate(evaluator, 2, Coarse));
        thread.Start();
        var again = Evaluate(evaluator, 3, Coarse);
        thread.Join();
        var repeat = Evaluate(evaluator, 4, Coarse, repeat: 1);

        Assert.Equal(first, again);
        Assert.Equal(first, beside);
        Assert.NotEqual(first, other);
        Assert.NotEqual(first, repeat);
        Assert.IsType<TrialOutcome.Completed>(first);
    }

    [Fact]
    public void Full_precision_without_steps_scores_as_the_float_network_does()
    {
        var weights = Weights();
        using var evaluator = Evaluator(Fast with { From = StartFrom.FloatWeights, Steps = 0 }, weights);
        using var network = Float();
        using var file = SafetensorsFile.Read(weights);
        network.Load(file);
        var expected = Scorer.Of(network, _data.Validation, _data.Statistics, TestContext.Current.CancellationToken);

        var outcome = Assert.IsType<TrialOutcome.Completed>(Evaluate(evaluator, 0, Homogeneous(32)));

        Assert.Equal(expected.ErrorRate, outcome.ErrorRate);
        Assert.Equal(expected.Loss, outcome.Loss, 1e-6);
    }

    [Fact]
    public void A_trained_network_is_loaded_from_its_file_and_trained_again_when_that_is_lost_damaged_or_anothers()
    {
        using var evaluator = Evaluator(Fast);
        Evaluate(evaluator, 7, Coarse);
        Evaluate(evaluator, 8, Homogeneous(2));
        var path = _folder.PathOf("7.safetensors");
        var (whole, another) = (File.ReadAllBytes(path), File.ReadAllBytes(_folder.PathOf("8.safetensors")));
        var score = Test(evaluator, 7, Coarse);
        var turned = whole.ToArray();
        turned[^1] ^= 1;

        foreach (var wrong in (byte[]?[])[null, [1, 2, 3], whole[..^4], turned, another])
        {
            File.Delete(path);
            if (wrong is not null)
            {
                File.WriteAllBytes(path, wrong);
            }

            Assert.Equal(score, Test(evaluator, 7, Coarse));
            Assert.Equal(whole, File.ReadAllBytes(path));
        }
    }

    [Fact]
    public void A_loaded_network_scores_as_the_evaluation_did()
    {
        using var evaluator = Evaluator(Fast);
        var outcome = (TrialOutcome.Completed)Evaluate(evaluator, 0, Coarse);

        using var network = evaluator.Load(new Evaluation(0, Coarse, 0), TestContext.Current.CancellationToken);

        var score = Scorer.Of(network, _data.Validation, _data.Statistics, TestContext.Current.CancellationToken);
        Assert.Equal(outcome.ErrorRate, score.ErrorRate);
        Assert.False(network.training);
    }

    [Fact]
    public void Divergence_is_an_outcome_and_leaves_no_file()
    {
        using var evaluator = Evaluator(Fast with { LearningRate = 1e20 });

        var failed = Assert.IsType<TrialOutcome.Failed>(Evaluate(evaluator, 0, Coarse));

        Assert.StartsWith("diverged at step ", failed.Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root));
        Assert.Throws<InvalidOperationException>(() => Test(evaluator, 0, Coarse));
    }

    [Fact]
    public void An_exception_inside_is_an_outcome_and_a_stop_is_not()
    {
        using var evaluator = Evaluator(Fast);
        var evaluation = new Evaluation(0, Coarse, 0);

        var failed = evaluator.Evaluate(evaluation, _ => throw new TimeoutException("too little\nof it"), TestContext.Current.CancellationToken);

        Assert.Equal("TimeoutException: too little", Assert.IsType<TrialOutcome.Failed>(failed).Reason);
        Assert.Throws<OperationCanceledException>(() => evaluator.Evaluate(evaluation, _ => { }, new CancellationToken(true)));
    }

    [Fact]
    public void Progress_carries_the_trials_number()
    {
        using var evaluator = Evaluator(Fast);
        var heard = new List<StudyEvent>();

        evaluator.Evaluate(new Evaluation(5, Coarse, 0), heard.Add, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(1, 10), heard.OfType<StudyEvent.StepFinished>().Select(s => s.Step));
        Assert.All(heard.OfType<StudyEvent.StepFinished>(), s => Assert.Equal((5, 10), (s.Number, s.Steps)));
        Assert.Equal([5], heard.OfType<StudyEvent.EpochFinished>().Select(e => e.Number));
    }

    [Fact]
    public void Missing_weights_and_missing_validation_images_are_the_plans_mistakes()
    {
        var plan = Plan(Fast with { From = StartFrom.FloatWeights });
        Assert.Contains("network.weights", Assert.Throws<PlanException>(() => new TrainingEvaluator(plan, _data, null, _folder.Root)).Message, StringComparison.Ordinal);

        using var none = new Digits().Load(new DataRequest(ValidationCount: 0), TestContext.Current.CancellationToken);
        Assert.Contains("data.validation", Assert.Throws<PlanException>(() => new TrainingEvaluator(Plan(Fast), none, null, _folder.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_baseline_comes_from_the_cache_and_another_recipe_does_not()
    {
        var plan = new NetworkPlan("lenet5") { Baseline = Fast };
        FloatBaseline Obtain(NetworkPlan wanted) => FloatBaseline.Obtain(
            wanted, Nonlinearity.Relu, _data, new Seed(1), _folder.Root, _ => { }, TestContext.Current.CancellationToken);

        var first = Obtain(plan);
        var second = Obtain(plan);
        var other = Obtain(plan with { Baseline = Fast with { Momentum = 0.8 } });

        Assert.Equal(first with { Cached = true }, second);
        Assert.False(first.Cached);
        Assert.False(other.Cached);
        Assert.NotEqual(first.Path, other.Path);
        using var evaluator = Evaluator(Fast with { From = StartFrom.FloatWeights, Steps = 0 }, first.Path);
        Assert.Equal(first.Validation!.ErrorRate, ((TrialOutcome.Completed)Evaluate(evaluator, 0, Homogeneous(32))).ErrorRate);
    }

    [Fact]
    public void A_baseline_without_a_recipe_or_that_diverges_is_the_plans_mistake()
    {
        foreach (var recipe in (Recipe?[])[null, Fast with { LearningRate = 1e20 }])
        {
            var plan = new NetworkPlan("lenet5") { Baseline = recipe };
            var problem = Assert.Throws<PlanException>(() => FloatBaseline.Obtain(
                plan, Nonlinearity.Relu, _data, new Seed(1), _folder.Root, _ => { }, TestContext.Current.CancellationToken)).Problems.Single();
            Assert.Equal("network.baseline", problem.Place);
        }

        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    private static Recipe Fast => new() { From = StartFrom.Scratch, LearningRate = 0.05, Steps = 10, Batch = 32, Crop = 1 };

    private static Schedule Coarse => Schedule.Homogeneous(Points, new Bitwidth(3));

    private static int Points => new LeNet5().Describe(Spec).Points.Count;

    private static NetworkSpec Spec => new([1, 8, 8], 10);

    private static Schedule Homogeneous(int bits) => Schedule.Homogeneous(Points, new Bitwidth(bits));

    private static Network Float() => new LeNet5().CreateFloat(Spec, Nonlinearity.Relu, 3);

    private static StudyPlan Plan(Recipe recipe) => new()
    {
        Name = "test",
        Data = new DataPlan("digits"),
        Network = new NetworkPlan("lenet5"),
        Space = new SpaceRules([new Bitwidth(2)]),
        Training = recipe,
        Arms = [],
    };

    private static TrialOutcome Evaluate(TrainingEvaluator evaluator, int number, Schedule schedule, int repeat = 0) =>
        evaluator.Evaluate(new Evaluation(number, schedule, repeat), _ => { }, TestContext.Current.CancellationToken) with { Duration = default };

    private static TestScore Test(TrainingEvaluator evaluator, int number, Schedule schedule) =>
        evaluator.Test(new Evaluation(number, schedule, 0), TestContext.Current.CancellationToken);

    private string Weights()
    {
        using var network = Float();
        var path = _folder.PathOf("float.safetensors");
        network.Save(path);
        return path;
    }

    private TrainingEvaluator Evaluator(Recipe recipe, string? weights = null) => new(Plan(recipe), _data, weights, _folder.Root);
}
