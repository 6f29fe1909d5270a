using BitSearch.Cli.Plans;
using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Cli.Tests.Plans;

public sealed class PlanFileTests
{
    [Fact]
    public void Every_field_is_read()
    {
        var plan = SamplePlan.Parse(SamplePlan.Text).Plan;

        Assert.Equal("sample", plan.Name);
        Assert.Equal(7ul, plan.Seed);
        Assert.Equal(new DataPlan("cifar10", 4000, "/plans/images"), plan.Data);
        Assert.Equal(new NetworkPlan("resnet20", 0.5) { Baseline = new Recipe { From = StartFrom.Scratch, LearningRate = 0.1, Epochs = 3 } }, plan.Network);
        Assert.Equal(new QuantizerPlan("lsq", "lsq", PerChannel: true), plan.Quantizer);
        Assert.Equal([new(1), new(2), new(4)], plan.Space.Widths);
        Assert.Equal(new ActivationRule(null, [new(4), new(8)]), plan.Space.Activations);
        Assert.Equal(new RoleRule(Pinned: new(8)), plan.Space.First);
        Assert.Equal(new RoleRule(Floor: new(2)), plan.Space.Last);
        Assert.Equal([new WidthOverride("layer3.*", [new(1), new(2)], [SchedulePattern.Free])], plan.Space.Overrides);
        Assert.Equal(new BudgetPlan("0.25x", BudgetMeasure.Weights, ["0.20x"]), plan.Budget);
        Assert.Equal(
            new Recipe { From = StartFrom.Shared, Optimizer = OptimizerKind.Adam, LearningRate = 1e-3, Schedule = RateSchedule.Constant, Steps = 40, Batch = 64, Flip = true, Crop = 4 },
            plan.Training);
        Assert.Equal(
            [new ArmPlan("down", SchedulePattern.Decreasing, "random", 20), new ArmPlan("any", SchedulePattern.Free, "exhaustive", 5)],
            plan.Arms);
        Assert.Equal((2, 3, 4), (plan.Repeats, plan.Finalists, plan.Lookahead));
        Assert.Equal(
            new LadderPlan { Rungs = [new(RungKind.Proxy), new(RungKind.Start), new(RungKind.Steps, 10)], Keep = 0.25, Audit = 0.2, Tau = 0.3, Images = 500 },
            plan.Ladder);
        Assert.Equal(new SharedPlan { Recipe = new Recipe { LearningRate = 0.02, Steps = 100 }, Random = 3 }, plan.Shared);
    }

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        var plan = SamplePlan.Parse("""
            study: small
            data: { name: digits }
            network: { name: lenet5 }
            space: { widths: [2, 4] }
            training: { from: scratch }
            arms: [{ name: a, pattern: free, proposer: random, trials: 1 }]
            """).Plan;

        Assert.Equal(new Recipe { From = StartFrom.Scratch }, plan.Training);
        Assert.Equal(new BudgetPlan(), plan.Budget);
        Assert.Equal(new QuantizerPlan(), plan.Quantizer);
        Assert.Equal(new ActivationRule(Bitwidth.Full), plan.Space.Activations);
        Assert.Equal((1ul, 1, 5), (plan.Seed, plan.Repeats, plan.Finalists));
        Assert.Equal((null, null, null), (plan.Lookahead, plan.Ladder, plan.Shared));
    }

    [Theory]
    [InlineData("activations: { widths: [4, 8] }", "activations: tied", "space.activations=tied")]
    [InlineData("activations: { widths: [4, 8] }", "activations: 8", "space.activations=8")]
    [InlineData("first: { pinned: 8 }", "first: free", "space.first=free")]
    [InlineData("budget: { limit: 0.25x, of: weights, report: [0.20x] }", "budget: 64 KiB", "budget.limit=64 KiB")]
    public void Short_forms_are_read(string old, string @new, string field)
    {
        var study = SamplePlan.Parse(SamplePlan.With(old, @new));

        Assert.Contains(field, study.Fields.Select(f => $"{f.Key}={f.Value}"));
    }

    [Fact]
    public void Identity_is_flat_and_canonical() => RepositoryFile.CheckGolden(
        "tests/BitSearch.Cli.Tests/Plans/sample-identity.txt",
        string.Concat(SamplePlan.Parse(SamplePlan.Text).Fields.Select(f => $"{f.Key}={f.Value}\n")));

    [Fact]
    public void How_a_plan_is_written_does_not_change_its_identity()
    {
        var study = SamplePlan.Parse(SamplePlan.Text);
        var other = SamplePlan.Parse("# a comment\n" + SamplePlan.Text
            .Replace("[4, 1, 2]", "[1, 2, 4]", StringComparison.Ordinal)
            .Replace("1e-3", "0.0010", StringComparison.Ordinal)
            .Replace(", folder: images", "", StringComparison.Ordinal));

        Assert.Equal(study.Fields, other.Fields);
        Assert.Equal(study.Fingerprint, other.Fingerprint);
        Assert.NotEqual(study.Fingerprint, SamplePlan.Parse(SamplePlan.With("seed: 7", "seed: 8")).Fingerprint);
    }

    [Theory]
    [InlineData("quickstart")]
    [InlineData("fashion-vgg-small")]
    [InlineData("cifar10-resnet20")]
    [InlineData("isotropic-cifar10")]
    [InlineData("isotropic-fashion")]
    public void The_plans_that_come_along_are_right(string name)
    {
        var path = RepositoryFile.Path($"search-spaces/{name}.yaml");
        var study = PlanFile.Open(path);

        Assert.Equal(name, study.Plan.Name);
        Assert.All(study.Arms, arm => Assert.False(arm.Space.Count().IsZero));
        Assert.Contains("# yaml-language-server: $schema=schema.json", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_that_comes_along_is_what_plans_are_read_by() =>
        RepositoryFile.CheckGolden("search-spaces/schema.json", PlanSchema.Text);

    [Fact]
    public void Every_layer_of_resnet20_without_ties_counts_1771_decreasing_schedules()
    {
        var study = SamplePlan.Parse("""
            study: count
            data: { name: cifar10 }
            network: { name: resnet20 }
            space: { widths: [1, 2, 4, 8] }
            training: { from: scratch }
            arms:
              - { name: down, pattern: decreasing, proposer: random, trials: 1 }
              - { name: any, pattern: free, proposer: random, trials: 1 }
            """);

        Assert.Equal(1771, study.Arms[0].Space.Count());
        Assert.Equal(System.Numerics.BigInteger.Pow(4, 20), study.Arms[1].Space.Count());
    }
}
