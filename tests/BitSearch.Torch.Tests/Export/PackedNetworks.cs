using BitSearch.Space;
using BitSearch.Torch.Export;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using CsCheck;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Export;

/// <summary>Small random networks under random schedules.</summary>
internal static class PackedNetworks
{
    public static readonly Gen<(string Network, NetworkSpec Spec, QuantizerPair Quantizers, Schedule Schedule, ulong Seed)> Any =
        from network in OneOf<string>([.. NetworkFactory.Catalog.Names])
        from input in OneOf<EquatableArray<long>>([1, 8, 8], [1, 28, 28], [3, 32, 32])
        from classes in Gen.Int[2, 12]
        from multiplier in Gen.Double[0.01, 0.12]
        from weights in OneOf<string>([.. QuantizerFamily.Catalog.Names])
        from activations in OneOf<string>([.. QuantizerFamily.Catalog.Names])
        from perChannel in Gen.Bool
        let spec = new NetworkSpec(input, classes, multiplier)
        let pair = QuantizerPair.Parse($"{weights}/{activations}{(perChannel ? "/channel" : "")}", "test")
        let points = NetworkFactory.Catalog.Create(network, "test").Describe(spec).Points
        from choices in Gen.Int[0, 1 << 20].Array[points.Count]
        from seed in Gen.ULong
        select (network, spec, pair, new Schedule(points.Zip(choices, (p, c) => Choose(pair, p, c)).ToEquatableArray()), seed);

    public static Network Create(string name, NetworkSpec spec, QuantizerPair quantizers, Schedule schedule, ulong seed)
    {
        var network = NetworkFactory.Catalog.Create(name, "test").Create(spec, quantizers, schedule, seed);
        using var scope = new TensorScope();
        using var generator = new Generator(seed);
        foreach (var layer in network.Layers)
        {
            layer.WeightQuantizer.Calibrate(layer.Weight);
            layer.InputQuantizer?.Calibrate(rand([2, .. layer.InputQuantizer.Point.Shape], generator: generator));
        }

        using var without = no_grad();
        foreach (var parameter in network.UndecayedParameters)
        {
            parameter.add_(rand(parameter.shape, generator: generator));
        }

        return network;
    }

    public static byte[] Pack(Network network)
    {
        using var stream = new MemoryStream();
        PackedWriter.Write(network, stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Bitwidth Choose(QuantizerPair pair, QuantizationPoint point, int choice)
    {
        var offered = Enumerable.Range(1, 32).Select(b => new Bitwidth(b)).Where(b => pair.Supports(point, b)).ToArray();
        return offered[choice % offered.Length];
    }
}
