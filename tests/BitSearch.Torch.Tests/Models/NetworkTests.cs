using BitSearch.Space;
using BitSearch.Torch.Layers;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Models;

public sealed class NetworkTests
{
    private static readonly QuantizerPair Lsq = new(new LsqFamily(), new LsqFamily(), false);

    [Theory]
    [InlineData("resnet20", 20, 268_336, 40_551_040)]
    [InlineData("resnet56", 56, 848_944, 125_485_696)]
    public void Cifar_resnets_have_the_published_sizes(string name, int layers, long weights, long macs)
    {
        var description = NetworkFactory.Catalog.Create(name, "test").Describe(new NetworkSpec([3, 32, 32], 10));
        Assert.Equal(layers, description.WeightPoints.Count());
        Assert.Equal(weights, description.WeightElements);
        Assert.Equal(macs, description.WeightPoints.Sum(p => p.Macs));
        Assert.Equal(layers - 1, description.Points.Count - layers);
    }

    [Fact]
    public void Lenet5_has_the_classic_size()
    {
        var description = new LeNet5().Describe(new NetworkSpec([1, 28, 28], 10));
        Assert.Equal(61_706, description.WeightElements + description.FixedTensors.Sum(t => t.Elements));
    }

    [Fact]
    public void Calibration_keeps_running_statistics_and_mode()
    {
        using var scope = NewDisposeScope();
        using var network = Make(new VggSmall(), 4);
        network.eval();
        var images = randn(4, 1, 28, 28);
        network.Calibrate(images);
        Assert.False(network.training);
        foreach (var norm in network.Norms)
        {
            TensorAssert.Close(zeros_like(norm.state_dict()["running_mean"]), norm.state_dict()["running_mean"], 0, 0);
            TensorAssert.Close(ones_like(norm.state_dict()["running_var"]), norm.state_dict()["running_var"], 0, 0);
            Assert.Equal(0.1, norm.Momentum);
        }
    }

    [Fact]
    public void Re_estimated_norms_hold_the_mean_over_the_batches()
    {
        using var scope = NewDisposeScope();
        using var network = Make(new VggSmall(), 32);
        var (a, b) = (randn(4, 1, 28, 28), randn(4, 1, 28, 28));
        Tensor Mean(Tensor x) => nn.functional.max_pool2d(x, 1).mean([0, 2, 3]);
        var first = network.Layers[0];
        var expected = (Mean(first.forward(a)) + Mean(first.forward(b))) / 2;
        network.ReestimateNorms([a, b], TestContext.Current.CancellationToken);
        TensorAssert.Close(expected, network.Norms[0].state_dict()["running_mean"], 1e-4, 1e-6);
    }

    [Fact]
    public void State_survives_a_file_and_another_schedule()
    {
        using var scope = NewDisposeScope();
        using var trained = Make(new VggSmall(), 32, seed: 1);
        trained.ReestimateNorms([randn(4, 1, 28, 28)], TestContext.Current.CancellationToken);
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "state.safetensors");
        trained.Save(path);
        using var quantized = Make(new VggSmall(), 4, seed: 2);
        using var file = SafetensorsFile.Read(path);
        quantized.Load(file);
        using var copied = Make(new VggSmall(), 4, seed: 3);
        copied.CopyFrom(trained);
        foreach (var (name, expected) in trained.state_dict())
        {
            TensorAssert.Close(expected, quantized.state_dict()[name], 0, 0);
            TensorAssert.Close(expected, copied.state_dict()[name], 0, 0);
        }
    }

    [Fact]
    public void Every_parameter_is_decayed_or_not()
    {
        using var network = Make(new VggSmall(), 4);
        Assert.Equal(network.parameters().Count(), network.DecayedParameters.Count() + network.UndecayedParameters.Count());
        Assert.Equal(network.Layers.Count, network.DecayedParameters.Count());
        Assert.Contains(network.state_dict().Keys, k => k == "conv2.input_quantizer.step");
        Assert.Contains(network.state_dict().Keys, k => k == "conv1.weight_quantizer.step");
    }

    [Fact]
    public void Clipping_values_decay_as_weights_do()
    {
        var pair = new QuantizerPair(new PactFamily(), new PactFamily(), false);
        using var network = new LeNet5().Create(new NetworkSpec([1, 28, 28], 10), pair, Schedule.Homogeneous(9, new Bitwidth(4)), 1);
        var alphas = network.named_parameters().Where(p => p.name.EndsWith(".input_quantizer.alpha", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, alphas.Length);
        Assert.All(alphas, a => Assert.Contains(network.DecayedParameters, p => ReferenceEquals(p, a.parameter)));
        Assert.DoesNotContain(network.UndecayedParameters, p => alphas.Any(a => ReferenceEquals(p, a.parameter)));
        Assert.Equal(network.parameters().Count(), network.DecayedParameters.Count() + network.UndecayedParameters.Count());
    }

    [Fact]
    public void Seed_networks_use_hardtanh_and_clamp_their_weights()
    {
        using var scope = NewDisposeScope();
        var seed = new QuantizerPair(new SeedFamily(), new SeedFamily(), false);
        var factory = new LeNet5();
        var spec = new NetworkSpec([1, 28, 28], 10);
        using var network = factory.Create(spec, seed, Schedule.Homogeneous(9, new Bitwidth(2)), 1);
        using (no_grad())
        {
            network.Layers[0].Weight.fill_(3);
        }

        network.AfterStep();
        Assert.Equal(1f, network.Layers[0].Weight.max().item<float>());
        Assert.Equal(Nonlinearity.Hardtanh, network.Quantizers.Nonlinearity);
    }

    [Fact]
    public void A_schedule_that_does_not_fit_is_refused_by_the_points_name()
    {
        var pair = new QuantizerPair(new ScaledSignFamily(), new NoneFamily(), false);
        var e = Assert.Throws<PlanException>(() => new LeNet5().Create(new NetworkSpec([1, 28, 28], 10), pair, Schedule.Homogeneous(9, new Bitwidth(2)), 1));
        Assert.Contains("schedule: conv1.weight: scaled-sign has no width of 2 bits; 1, or 32", e.Message, StringComparison.Ordinal);
        Assert.Equal(9, e.Problems.Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_folded_norm_is_the_norm_in_evaluation(int dimensions)
    {
        using var scope = NewDisposeScope();
        using var norm = new Norm("bn", 5);
        using var folded = new Norm("bn", 5);
        var x = randn(dimensions == 2 ? [8, 5] : [8, 5, 3, 3]).mul(3).add(1);
        norm.forward(x);
        norm.eval();
        folded.LoadFolded(norm.Fold());
        TensorAssert.Close(norm.forward(x), folded.forward(x), 1e-5, 1e-6);
        TensorAssert.Close(norm.Fold(), folded.Fold(), 0, 0);
    }

    private static Network Make(NetworkFactory factory, int bits, ulong seed = 1)
    {
        var spec = new NetworkSpec([1, 28, 28], 10, 0.125);
        return factory.Create(spec, Lsq, Schedule.Homogeneous(factory.Describe(spec).Points.Count, new Bitwidth(bits)), seed);
    }
}
