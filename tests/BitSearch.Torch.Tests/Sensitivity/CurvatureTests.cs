using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Sensitivity;
using BitSearch.Trials;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Sensitivity;

public sealed class CurvatureTests(SubjectFixture fixture) : IClassFixture<SubjectFixture>
{
    [Fact]
    public void A_diagonal_quadratic_has_its_trace_from_any_vector_of_signs()
    {
        using var scope = new TensorScope();
        var (a, b) = (tensor([1.0, 2.0, 4.0]), tensor([-8.0, 0.5]));
        var (v, w) = (rand(3, float64).requires_grad_(), rand(2, float64).requires_grad_());
        var curvature = new Curvature(a.mul(v).mul(v).sum().add(b.mul(w).mul(w).sum()).mul(0.5), [v, w]);

        Assert.Equal([7.0, -7.5], curvature.Probe(new SeededRandom(1)));
        Assert.Equal([7.0, -7.5], curvature.Probe(new SeededRandom(2)));
    }

    [Fact]
    public void The_trace_of_a_softmax_model_is_within_four_standard_errors_of_its_closed_form()
    {
        using var scope = new TensorScope();
        using var generator = new Generator(1);
        var (x, labels, w) = (randn([20, 6], float64, generator: generator), arange(20).remainder(5), randn([5, 6], float64, generator: generator).requires_grad_());
        var logits = x.matmul(w.t());
        var p = logits.detach().softmax(1);
        var trace = p.mul(p.neg().add(1)).sum([1]).mul(x.square().sum([1])).mean().item<double>(); // Mean of |x|^2 sum p(1 - p).
        var curvature = new Curvature(nn.functional.cross_entropy(logits, labels), [w]);

        var mean = ProbeMean.Of([.. Enumerable.Range(0, 200).Select(k => curvature.Probe(new Seed(1).Stream("test", k))[0])]);

        Assert.InRange(mean.Value, trace - (4 * mean.StandardError!.Value), trace + (4 * mean.StandardError.Value));
        Assert.InRange(mean.StandardError.Value, 1e-6 * trace, 0.1 * trace);
    }

    public static TheoryData<string> Networks => [.. NetworkFactory.Catalog.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void What_is_derived_is_the_network_and_its_second_derivatives_are_those_of_double_precision(string name)
    {
        using var scope = new TensorScope();
        using var generator = new Generator(1);
        var (images, labels) = (randn([20, 3, 16, 16], generator: generator), arange(20).remainder(10));
        var factory = NetworkFactory.Catalog.Create(name, "test");
        using var network = factory.CreateFloat(new NetworkSpec([3, 16, 16], 10, 0.25), Nonlinearity.Relu, 1);
        network.train();
        network.forward(images); // Running statistics that are not the identity.
        network.eval();
        var (flow, twice) = (new MatrixFlow(network), new MatrixFlow(network, ScalarType.Float64));

        var (logits, expected) = (factory.Run(flow, images), factory.Run(twice, images.to(float64)));

        TensorAssert.Close(expected, network.forward(images).to(float64), 1e-3, 1e-3);
        TensorAssert.Close(expected, logits.to(float64), 1e-3, 1e-3);
        var actual = new Curvature(nn.functional.cross_entropy(logits, labels), [.. flow.Weights]).Probe(new SeededRandom(5));
        var exact = new Curvature(nn.functional.cross_entropy(expected, labels), [.. twice.Weights]).Probe(new SeededRandom(5));

        // Rounding moves few values over a ReLU's kink.
        var largest = exact.Max(Math.Abs);
        Assert.All(actual.Zip(exact), p => Assert.InRange(p.First, p.Second - (0.01 * largest), p.Second + (0.01 * largest)));
    }

    [Fact]
    public void The_last_layers_trace_is_its_closed_form()
    {
        using var subject = fixture.Subject(fixture.Plan(), SubjectFixture.Small with { Probes = 100 });
        var (read, logits, _) = LastLayer.Of(subject);
        var p = logits.softmax(1);
        var trace = p.mul(p.neg().add(1)).sum([1]).mul(read.square().sum([1])).mean().item<double>();

        var values = new HessianTrace().Measure(subject, _ => { }, TestContext.Current.CancellationToken).Where(v => v.Point == "fc3.weight").ToList();

        var (own, elements) = (values.Single(v => v.Width.IsFull), subject.Network.Points[subject.Network.IndexOf("fc3.weight")].Elements);
        Assert.InRange(own.Value, (trace / elements) - (4 * own.StandardError!.Value), (trace / elements) + (4 * own.StandardError.Value));
        var mse = new WeightMse().Measure(subject, _ => { }, TestContext.Current.CancellationToken).Single(v => v.Point == "fc3.weight" && v.Width == new Bitwidth(2));
        Assert.Equal(own.Value * mse.Value * elements, values.Single(v => v.Width == new Bitwidth(2)).Value, 1e-9 * own.Value * elements);
        read.Dispose();
        logits.Dispose();
    }
}
