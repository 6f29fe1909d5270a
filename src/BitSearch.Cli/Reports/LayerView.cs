using BitSearch.Space;

namespace BitSearch.Cli.Reports;

/// <summary>A layer under a schedule, for pictures over depth.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Weight">The width of its weights; null: it has no such point.</param>
/// <param name="Activation">The width of its input; null: it has no such point.</param>
/// <param name="Elements">Weight elements.</param>
/// <param name="Size">All bytes of the layer in the packed file, norms and padding included.</param>
internal sealed record LayerView(string Layer, Bitwidth? Weight, Bitwidth? Activation, long Elements, MemorySize Size)
{
    /// <summary>The layers that have points, by depth.</summary>
    public static IReadOnlyList<LayerView> Of(NetworkDescription network, Schedule schedule)
    {
        var sizes = Ledger.Of(network, schedule).Entries.GroupBy(e => e.Layer)
            .ToDictionary(g => g.Key, g => g.Aggregate(MemorySize.Zero, (sum, e) => sum + e.Size));
        return [.. network.Points.Select((p, i) => (Point: p, Width: schedule[i])).GroupBy(p => p.Point.Layer).OrderBy(g => g.Min(p => p.Point.Depth))
            .Select(layer => new LayerView(
                layer.Key,
                Width(layer, PointKind.Weight),
                Width(layer, PointKind.Activation),
                layer.Where(p => p.Point.Kind == PointKind.Weight).Sum(p => p.Point.Elements),
                sizes.GetValueOrDefault(layer.Key)))];
    }

    private static Bitwidth? Width(IEnumerable<(QuantizationPoint Point, Bitwidth Width)> layer, PointKind kind) =>
        layer.Where(p => p.Point.Kind == kind).Select(p => (Bitwidth?)p.Width).FirstOrDefault();
}
