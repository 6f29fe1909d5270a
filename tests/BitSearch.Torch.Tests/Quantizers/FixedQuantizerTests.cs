using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Quantizers;

/// <summary>Quantizers other than LSQ, against numbers worked out by hand.</summary>
public sealed class FixedQuantizerTests
{
    private static readonly QuantizationPoint Weights = new("l.weight", "l", 1, PointKind.Weight, [2, 3], 1);
    private static readonly QuantizationPoint Activations = new("l.input", "l", 1, PointKind.Activation, [3], 1);

    [Fact]
    public void Scaled_sign_gives_each_filter_its_mean_magnitude_and_zero_counts_as_positive()
    {
        using var scope = NewDisposeScope();
        var w = tensor(new[] { -1f, 0, 2, 0.5f, -0.5f, -0.25f }).reshape(2, 3);
        using var quantizer = new ScaledSignFamily().Create(Weights, new Bitwidth(1), false);
        var alpha = 1.25f / 3;
        TensorAssert.Close(tensor(new[] { -1f, 1, 1, alpha, -alpha, -alpha }).reshape(2, 3), quantizer.forward(w));
    }

    [Theory]
    [InlineData(1, new[] { -1f, -1, 1, 1, 1 })]
    [InlineData(2, new[] { -1f, 0, 0, 0, 1 })]
    [InlineData(3, new[] { -1f, -1f / 3, 0, 1f / 3, 1 })]
    public void Seed_weights(int bits, float[] expected) => Check(Weights, bits, [-1.5f, -0.4f, 0, 0.2f, 0.9f], expected, "seed");

    [Theory]
    [InlineData(1, new[] { -1f, 1, 1, 1, 1 })]
    [InlineData(2, new[] { 0, 0, 1f / 3, 2f / 3, 1 })]
    public void Seed_activations(int bits, float[] expected) => Check(Activations, bits, [-0.5f, 0, 0.01f, 0.5f, 1.5f], expected, "seed");

    [Theory]
    [InlineData(1, new[] { 0f, 1, 1, 1, 1, 0 })]
    [InlineData(2, new[] { 0f, 0, 0, 1, 1, 0 })]
    public void Seed_activations_pass_gradients_inside_their_range(int bits, float[] expected)
    {
        using var scope = NewDisposeScope();
        using var quantizer = new SeedFamily().Create(Activations, new Bitwidth(bits), false);
        var x = tensor(new[] { -1.5f, -1, 0, 0.5f, 1, 1.5f }).requires_grad_(true);
        quantizer.forward(x).sum().backward();
        TensorAssert.Close(tensor(expected), x.grad!, 0, 0);
    }

    // tanh(ln 2) = 3/5 and tanh(ln 3) = 4/5: at two bits t/(2M) + 1/2 is 0, 1/8, 1/2, 7/8, 1.
    [Theory]
    [InlineData(1, new[] { -0.7167038f, -0.7167038f, 0.7167038f, 0.7167038f, 0.7167038f })]
    [InlineData(2, new[] { -1, -1, 1 / 3f, 1, 1 })]
    [InlineData(3, new[] { -1, -5 / 7f, 1 / 7f, 5 / 7f, 1 })]
    public void Dorefa_weights(int bits, float[] expected) =>
        Check(Weights, bits, [-1.0986123f, -0.6931472f, 0, 0.6931472f, 1.0986123f], expected, "dorefa");

    [Theory]
    [InlineData(1, new[] { 0f, 0, 1, 1 })]
    [InlineData(2, new[] { 0, 1 / 3f, 2 / 3f, 1 })]
    public void Dorefa_activations(int bits, float[] expected) => Check(Activations, bits, [-0.5f, 0.4f, 0.6f, 1.5f], expected, "dorefa");

    [Theory]
    [InlineData(1, new[] { 0f, 0.799f, 0.799f, 0.799f })]
    [InlineData(2, new[] { 0f, 0.538f, 1.076f, 1.614f })]
    public void Hwgq_activations(int bits, float[] expected) => Check(Activations, bits, [0, 0.001f, 1, 9], expected, "hwgq");

    // The root mean square is 2.
    [Theory]
    [InlineData(1, new[] { -1.596f, -1.596f, 1.596f, 1.596f })]
    [InlineData(2, new[] { -2.988f, -0.996f, 0.996f, 2.988f })]
    public void Hwgq_weights(int bits, float[] expected) =>
        Check(Weights, bits, [-2.8f, -0.4f, 0.4f, 2.8f], expected, "hwgq");

    // mean|w| = 1, so that 0.7 is the threshold; the two above it have the mean 1.9.
    [Fact]
    public void Ternary_weights() => Check(Weights, 2, [-2.3f, -0.1f, 0.1f, 1.5f], [-1.9f, 0, 0, 1.9f], "ternary");

    [Theory]
    [InlineData("bnn", new[] { 0f, 1, 1, 1, 1, 0 })]
    [InlineData("xnor", new[] { 0f, 0, 1, 1, 0, 0 })]
    [InlineData("bi-real", new[] { 0f, 0, 1, 2, 0, 0 })]
    public void Signs_of_activations_pass_gradients_as_their_paper_says(string name, float[] expected)
    {
        using var scope = NewDisposeScope();
        using var quantizer = QuantizerFamily.Catalog.Create(name, "test").Create(Activations, new Bitwidth(1), false);
        var x = tensor(new[] { -1.5f, -1, -0.5f, 0, 1, 1.5f }).requires_grad_(true);
        var result = quantizer.forward(x);
        TensorAssert.Close(tensor(new[] { -1f, -1, -1, 1, 1, 1 }), result, 0, 0);
        result.sum().backward();
        TensorAssert.Close(tensor(expected), x.grad!, 0, 0);
    }

    [Fact]
    public void Pact_clips_at_eight_before_training_and_learns_from_what_it_clips()
    {
        using var scope = NewDisposeScope();
        using var quantizer = new PactFamily().Create(Activations, new Bitwidth(2), false);
        var x = tensor(new[] { -1f, 0, 1, 3, 8, 9 }).requires_grad_(true);
        var result = quantizer.forward(x);
        TensorAssert.Close(tensor(new[] { 0, 0, 0, 8 / 3f, 8, 8 }), result);
        result.backward([tensor(new[] { 1f, 2, 3, 4, 5, 6 })]);
        TensorAssert.Close(tensor(new[] { 0f, 2, 3, 4, 0, 0 }), x.grad!, 0, 0);
        TensorAssert.Close(tensor(new[] { 11f }), quantizer.parameters().Single().grad!, 0, 0);
    }

    [Fact]
    public void Ternary_weights_have_two_bits_and_nothing_else_has()
    {
        var ternary = new TernaryFamily();
        Assert.Equal([2, 32], Enumerable.Range(1, 32).Where(b => ternary.Supports(PointKind.Weight, new Bitwidth(b))));
        Assert.Equal([32], Enumerable.Range(1, 32).Where(b => ternary.Supports(PointKind.Activation, new Bitwidth(b))));
        Assert.Equal(("2", null), (ternary.Offer(PointKind.Weight), ternary.Offer(PointKind.Activation)));
    }

    [Fact]
    public void A_pair_is_known_by_its_name()
    {
        var pair = QuantizerPair.Of(new QuantizerPlan("scaled-sign", "lsq", PerChannel: true));
        Assert.Equal("scaled-sign/lsq/channel", pair.Name);
        var again = QuantizerPair.Parse(pair.Name, "test");
        Assert.Equal(("scaled-sign", "lsq", true), (again.Weights.Name, again.Activations.Name, again.PerChannel));
        Assert.Equal(new ScaleRule(ScaleGranularity.PerChannel, ScaleGranularity.None, ScaleGranularity.PerTensor, ScaleGranularity.PerTensor), pair.Scales);
        Assert.Throws<PlanException>(() => QuantizerPair.Parse("lsq", "test"));
        Assert.Throws<PlanException>(() => QuantizerPair.Parse("lsq/lsd", "test"));
        Assert.Throws<PlanException>(() => QuantizerPair.Parse("lsq/lsq/tensor", "test"));
    }

    private static void Check(QuantizationPoint point, int bits, float[] values, float[] expected, string name)
    {
        using var scope = NewDisposeScope();
        using var quantizer = QuantizerFamily.Catalog.Create(name, "test").Create(point, new Bitwidth(bits), false);
        TensorAssert.Close(tensor(expected), quantizer.forward(tensor(values)), 1e-5, 0);
    }
}
