using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Quantizers;

/// <summary>Scaled sign and the seed authors' quantizers, against their formulas.</summary>
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
    public void Seed_weights(int bits, float[] expected) => Check(Weights, bits, [-1.5f, -0.4f, 0, 0.2f, 0.9f], expected);

    [Theory]
    [InlineData(1, new[] { -1f, 1, 1, 1, 1 })]
    [InlineData(2, new[] { 0, 0, 1f / 3, 2f / 3, 1 })]
    public void Seed_activations(int bits, float[] expected) => Check(Activations, bits, [-0.5f, 0, 0.01f, 0.5f, 1.5f], expected);

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

    private static void Check(QuantizationPoint point, int bits, float[] values, float[] expected)
    {
        using var scope = NewDisposeScope();
        using var quantizer = new SeedFamily().Create(point, new Bitwidth(bits), false);
        TensorAssert.Close(tensor(expected), quantizer.forward(tensor(values)), 1e-6, 0);
    }
}
