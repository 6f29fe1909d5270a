using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Models;

/// <summary>A training from scratch must begin with layers that compute something, whatever quantizes their weights.</summary>
public sealed class InitialWeightsTests
{
    private static readonly NetworkSpec Spec = new([1, 28, 28], 10, 0.25);

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var family in QuantizerFamily.Catalog.Names.Select(n => QuantizerFamily.Catalog.Create(n, "test")))
        {
            foreach (var bits in Enumerable.Range(1, 8).Where(b => family.Supports(PointKind.Weight, new Bitwidth(b))))
            {
                cases.Add(family.Name, bits);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_layer_begins_as_zero(string name, int bits)
    {
        using var scope = NewDisposeScope();
        var family = QuantizerFamily.Catalog.Create(name, "test");
        using var network = Make(family, new Bitwidth(bits));
        network.Calibrate(randn(4, 1, 28, 28));
        foreach (var layer in network.Layers)
        {
            var weights = layer.WeightQuantizer.call(layer.Weight);
            var share = (double)weights.count_nonzero().item<long>() / weights.numel();
            Assert.True(share > 0.2, $"{layer.Name}: {share:P1} of the weights are not zero");
            Assert.True(weights.max().item<float>() > 0 && weights.min().item<float>() < 0, $"{layer.Name}: weights of one sign");
        }
    }

    [Fact]
    public void Clamped_latent_weights_are_uniform_and_full_precision_is_not()
    {
        using var scope = NewDisposeScope();
        using var quantized = Make(new SeedFamily(), new Bitwidth(2));
        using var full = Make(new SeedFamily(), Bitwidth.Full);
        var latent = quantized.Layers[4].Weight;
        Assert.InRange(latent.abs().max().item<float>(), 0.999f, 1f);
        Assert.Equal(1 / 3.0, latent.mul(latent).mean().item<float>(), 0.01);
        var fanIn = full.Layers[4].Weight[0].numel();
        Assert.Equal(2.0 / fanIn, full.Layers[4].Weight.mul(full.Layers[4].Weight).mean().item<float>(), 0.1 / fanIn);
    }

    private static Network Make(QuantizerFamily weights, Bitwidth width)
    {
        var factory = new VggSmall();
        var description = factory.Describe(Spec);
        var schedule = new Schedule(description.Points.Select(p => p.Kind == PointKind.Weight ? width : Bitwidth.Full).ToEquatableArray());
        return factory.Create(Spec, new QuantizerPair(weights, new NoneFamily(), false), schedule, seed: 1);
    }
}
