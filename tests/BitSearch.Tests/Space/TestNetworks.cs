using BitSearch.Space;

namespace BitSearch.Tests;

/// <summary>Descriptions of networks that no weights exist for.</summary>
public static class TestNetworks
{
    public static ScaleRule OneScale { get; } =
        new(ScaleGranularity.PerChannel, ScaleGranularity.PerTensor, ScaleGranularity.None, ScaleGranularity.PerTensor);

    public static EquatableArray<Bitwidth> Bits(params int[] widths) => widths.Select(w => new Bitwidth(w)).ToEquatableArray();

    /// <summary>The 20 layers of ResNet-20 (CIFAR-10) without projections: weights, then inputs.</summary>
    public static NetworkDescription ResNet20()
    {
        var convolutions = Enumerable.Range(0, 19).Select(i => i == 0
            ? ("conv1", 3L, 16L)
            : ($"layer{(i - 1) / 6 + 1}.{(i - 1) % 6 / 2}.conv{(i - 1) % 2 + 1}", i is 7 or 13 ? 8L << ((i - 1) / 6) : 16L << ((i - 1) / 6), 16L << ((i - 1) / 6)));
        var layers = convolutions.Select(c => (Name: c.Item1, Shape: (EquatableArray<long>)[c.Item3, c.Item2, 3, 3])).Append(("fc", [10, 64]));
        return Of("resnet20", [.. layers]);
    }

    /// <summary>A chain of layers; the first and the last have these roles.</summary>
    public static NetworkDescription Of(string name, params (string Name, EquatableArray<long> Shape)[] layers)
    {
        LayerRole Role(int i) => i == 0 ? LayerRole.First : i == layers.Length - 1 ? LayerRole.Last : LayerRole.Inner;
        var weights = layers.Select((l, i) => new QuantizationPoint($"{l.Name}.weight", l.Name, i, PointKind.Weight, l.Shape, 1000) { Role = Role(i) });
        var inputs = layers.Select((l, i) => new QuantizationPoint($"{l.Name}.input", l.Name, i, PointKind.Activation, [l.Shape[1], 8, 8], 1000) { Role = Role(i) });
        var norms = layers.Select(l => new FixedTensor($"{l.Name}.norm", l.Name, LedgerKind.Norm, [2, l.Shape[0]]));
        return new NetworkDescription(name, [3, 32, 32], 10, 1, weights.Concat(inputs).ToEquatableArray(), norms.ToEquatableArray())
        {
            Quantizer = "test",
            Scales = OneScale,
        };
    }
}
