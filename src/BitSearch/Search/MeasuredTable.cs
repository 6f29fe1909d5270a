using System.Globalization;
using System.Text.Json.Nodes;
using BitSearch.Space;

namespace BitSearch.Search;

/// <summary>
/// A measurement as a table for <c>bitsearch solve</c> (docs/solver.md), which answers any budget without measuring again.
/// Costs are <c>size</c>, the codes' bits, and <c>artifact</c>, the point's KiB in the packed file: codes, scales, padding.
/// </summary>
public static class MeasuredTable
{
    /// <summary>The table; null where no point has a value for each of its widths.</summary>
    /// <param name="file">The measurement. Points that it leaves out, such as activations, are left out.</param>
    /// <param name="network">The points with their allowed widths, ties and exemptions from the pattern.</param>
    public static JsonObject? Of(MeasurementFile file, NetworkDescription network)
    {
        var points = network.Points.Where(p => p.Widths.All(w => Value(file, p, w) is not null) && p.Widths.Any(w => !w.IsFull)).ToList();
        if (points.Count == 0)
        {
            return null;
        }

        var ties = points.Select((p, place) => (p.TieGroup, place)).Where(p => p.TieGroup is not null).GroupBy(p => p.TieGroup, p => p.place).Where(g => g.Count() > 1);
        return new JsonObject
        {
            ["source"] = $"{file.Measurement.Name} of {network.Name}: {file.Meaning}; measured by bitsearch sensitivity, fingerprint {file.Fingerprint}",
            ["cost"] = new JsonObject { ["size"] = "codes: params x bits", ["artifact"] = "KiB in the packed file: codes, scales, padding" },
            ["ties"] = new JsonArray([.. ties.Select(g => new JsonArray([.. g.Select(place => JsonValue.Create(place))]))]),
            ["layers"] = new JsonArray([.. points.Select(p => Layer(file, network, p))]),
        };
    }

    private static JsonObject Layer(MeasurementFile file, NetworkDescription network, QuantizationPoint point)
    {
        var layer = new JsonObject
        {
            ["name"] = point.Name,
            ["kind"] = point.Kind == PointKind.Weight ? "weights" : "activations",
            ["params"] = point.Kind == PointKind.Weight ? point.Elements : 0, // Activations are not stored.
            ["widths"] = new JsonArray([.. point.Widths.Select(w => JsonValue.Create(w.Bits))]),
        };
        if (!point.FollowsPattern)
        {
            layer["pattern"] = "free";
        }

        foreach (var width in point.Widths)
        {
            layer[string.Create(CultureInfo.InvariantCulture, $"sensitivity_int{width}")] = Value(file, point, width);
            layer[string.Create(CultureInfo.InvariantCulture, $"artifact_int{width}")] = PackedLayout.PointBytes(network, point, width) / 1024.0;
        }

        return layer;
    }

    // Where full precision holds the point's own value, it is no width's: not quantizing does no harm.
    private static double? Value(MeasurementFile file, QuantizationPoint point, Bitwidth width) =>
        width.IsFull && file.OwnMeaning is not null ? 0 : file.Measurement.Of(point.Name, width);
}
