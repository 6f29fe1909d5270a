using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using TorchSharp;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Models;

/// <summary>What every network of the catalog has to do.</summary>
public sealed class NetworkContractTests
{
    private static readonly QuantizerPair Lsq = new(new LsqFamily(), new LsqFamily(), false);

    public static TheoryData<string, int, int> Cases()
    {
        var cases = new TheoryData<string, int, int>();
        foreach (var name in NetworkFactory.Catalog.Names)
        {
            cases.Add(name, 1, 8);
            cases.Add(name, 1, 28);
            cases.Add(name, 3, 32);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_description_counts_every_parameter(string name, int channels, int side)
    {
        using var scope = NewDisposeScope();
        var spec = Spec(channels, side);
        using var network = Make(name, spec, 32);
        var described = network.Description;
        Assert.Equal(network.Layers.Select(l => l.Name), described.WeightPoints.Select(p => p.Layer));
        Assert.Equal(network.Layers.Select(l => l.Weight.numel()), described.WeightPoints.Select(p => p.Elements));
        var stored = described.WeightElements + described.FixedTensors.Sum(t => t.Elements);
        Assert.Equal(network.parameters().Sum(p => p.numel()), stored);
        Assert.Equal(described.Points.Count, described.Points.Select(p => p.Name).Distinct().Count());
        Assert.Equal(described.FixedTensors.Count, described.FixedTensors.Select(t => t.Name).Distinct().Count());
        Assert.All(described.FixedTensors, t => Assert.Contains(described.Points, p => p.Layer == t.Layer));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Points_lie_in_the_order_of_execution(string name, int channels, int side)
    {
        using var scope = NewDisposeScope();
        var spec = Spec(channels, side);
        using var network = Make(name, spec, 4);
        var executed = new List<(string Layer, long[] Shape)>();
        foreach (var layer in network.Layers)
        {
            layer.register_forward_pre_hook((_, input) =>
            {
                executed.Add((layer.Name, input.shape[1..]));
                return input;
            });
        }

        network.call(Images(spec, 2));
        var points = network.Description.Points;
        var weights = network.Description.WeightPoints.ToArray();
        var inputs = points.Skip(weights.Length).ToArray();
        Assert.Equal(executed.Select(e => e.Layer), weights.Select(p => p.Layer));
        Assert.Equal(Enumerable.Range(0, weights.Length), weights.Select(p => p.Depth));
        Assert.Equal(executed.Skip(1).Select(e => e.Layer), inputs.Select(p => p.Layer));
        Assert.All(inputs, p => Assert.Equal(PointKind.Activation, p.Kind));
        Assert.All(executed.Skip(1).Zip(inputs), e => Assert.Equal(e.First.Shape, e.Second.Shape));
        Assert.Equal((LayerRole.First, LayerRole.Last), (weights[0].Role, weights[^1].Role));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Full_width_changes_nothing(string name, int channels, int side)
    {
        using var scope = NewDisposeScope();
        var spec = Spec(channels, side);
        using var plain = NetworkFactory.Catalog.Create(name, "test").CreateFloat(spec, Nonlinearity.Relu, 3);
        using var full = Make(name, spec, 32);
        var images = Images(spec, 4);
        full.Calibrate(images);
        TensorAssert.Close(plain.forward(images), full.forward(images), 0, 0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_seed_alone_decides_the_weights(string name, int channels, int side)
    {
        using var scope = NewDisposeScope();
        var spec = Spec(channels, side);
        using var first = Make(name, spec, 32);
        manual_seed(99);
        using var second = Make(name, spec, 4);
        using var other = NetworkFactory.Catalog.Create(name, "test").CreateFloat(spec, Nonlinearity.Relu, 4);
        TensorAssert.Close(first.Layers[^1].Weight, second.Layers[^1].Weight, 0, 0);
        Assert.NotEqual(first.Layers[^1].Weight.data<float>()[0], other.Layers[^1].Weight.data<float>()[0]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_of_training_reaches_every_parameter_and_leaves_no_tensor_behind(string name, int channels, int side)
    {
        using var outer = NewDisposeScope();
        var spec = Spec(channels, side);
        using var network = Make(name, spec, 4);
        var images = Images(spec, 4);
        var labels = zeros(4, int64);
        Step();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Step()
        {
            using var scope = new TensorScope();
            network.train();
            network.Calibrate(images);
            nn.functional.cross_entropy(network.forward(images), labels).backward();
            Assert.All(network.named_parameters(), p => Assert.True(p.parameter.grad is { } g && g.isfinite().all().item<bool>(), p.name));
            network.zero_grad();
            network.AfterStep();
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tensors_belong_to_the_network_and_go_with_it(string name, int channels, int side)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var spec = Spec(channels, side);
        Network network;
        using (new TensorScope())
        {
            network = Make(name, spec, 4);
        }

        using (var scope = NewDisposeScope())
        {
            network.call(Images(spec, 2));
        }

        network.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Images_that_are_too_small_are_refused()
    {
        var e = Assert.Throws<PlanException>(() => new VggSmall().Describe(new NetworkSpec([1, 4, 4], 10)));
        Assert.Contains("too small", e.Message, StringComparison.Ordinal);
        Assert.Throws<PlanException>(() => new LeNet5().Describe(new NetworkSpec([1, 28, 28], 1, double.NaN)));
        Assert.Equal(2, Assert.Throws<PlanException>(() => new LeNet5().Describe(new NetworkSpec([1, 28], 1))).Problems.Count);
    }

    [Fact]
    public void A_batch_of_another_shape_is_refused_before_libtorch_sees_it()
    {
        using var scope = NewDisposeScope();
        using var network = Make("lenet5", Spec(1, 28), 32);
        Assert.Throws<ArgumentException>(() => network.forward(zeros(2, 3, 28, 28)));
        Assert.Throws<ArgumentException>(() => network.forward(zeros(28, 28)));
    }

    private static NetworkSpec Spec(int channels, int side) => new([channels, side, side], 10, 0.25);

    private static Tensor Images(NetworkSpec spec, int count)
    {
        using var generator = new Generator(5);
        return randn([count, .. spec.Input], generator: generator);
    }

    private static Network Make(string name, NetworkSpec spec, int bits)
    {
        var factory = NetworkFactory.Catalog.Create(name, "test");
        return factory.Create(spec, Lsq, Schedule.Homogeneous(factory.Describe(spec).Points.Count, new Bitwidth(bits)), 3);
    }
}
