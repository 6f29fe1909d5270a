using System.Text.Json;
using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;

namespace BitSearch.Bench.Work;

/// <summary>
/// The packed file's size as a table, for peers in other languages: the bytes of a schedule are <c>base</c> plus each
/// layer's bytes at its width. Widths 2, 3, 4, 5, 6 and 8, LSQ, one step a tensor, 8-bit activations, CIFAR images.
/// </summary>
internal static class SizeTable
{
    private static readonly Bitwidth Activations = new(8);
    private static readonly Bitwidth[] Widths = [.. new[] { 2, 3, 4, 5, 6, 8 }.Select(b => new Bitwidth(b))];

    /// <summary>The table as JSON.</summary>
    /// <param name="network">The network's name.</param>
    /// <exception cref="PlanException">There is no such network.</exception>
    public static string Of(string network)
    {
        var factory = NetworkFactory.Catalog.Create(network, "sizes");
        var lsq = QuantizerFamily.Catalog.Create("lsq", "sizes");
        var described = new QuantizerPair(lsq, lsq, false).Describe(factory.Describe(new NetworkSpec([3, 32, 32], 10)));
        var activations = described.Points.Where(p => p.Kind == PointKind.Activation).Sum(p => PackedLayout.PointBytes(described, p, Activations));
        return JsonSerializer.Serialize(new
        {
            network,
            activations = Activations.Bits,
            @base = PackedLayout.BaseBytes(described) + activations,
            layers = described.WeightPoints.Select(p => new
            {
                name = p.Layer,
                bytes = Widths.ToDictionary(w => $"{w}", w => PackedLayout.PointBytes(described, p, w)),
            }),
        });
    }
}
