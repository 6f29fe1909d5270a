using System.Xml.Linq;
using BitSearch.Reports;
using BitSearch.Space;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>Bits per layer of every schedule on the front, the chosen one marked, below the layers' sizes.</summary>
internal static class HeatMapSvg
{
    private const double Left = 232;
    private const double Right = 995;
    private const double BarHeight = 70;
    private const double Row = 23;

    /// <summary>The picture, or a sentence if nothing completed.</summary>
    public static XElement Of(StudyReport report)
    {
        var rows = report.Front.Concat(report.Chosen is { } c && !report.Front.Contains(c) ? [c] : []).OrderByDescending(s => s.Size).ToList();
        if (rows.Count == 0)
        {
            return Tag("p", "No trial has completed.");
        }

        var layers = rows.Select(r => LayerView.Of(report.Network, r.Schedule)).ToList();
        var perLayer = layers.Exists(l => l.Select(v => v.Activation).OfType<Bitwidth>().Distinct().Count() > 1);
        var content = new List<XElement>();
        content.AddRange(Sizes(layers[0]));
        var y = BarHeight + 16;
        y = Block(content, report, rows, layers, l => l.Weight, perLayer ? "weights" : "", y);
        y = perLayer ? Block(content, report, rows, layers, l => l.Activation, "activations", y + 12) : y;
        content.AddRange(layers[0].Select((l, i) => Svg.Upward(Center(i, layers[0].Count) + 4, y + 8, l.Layer, "end")));
        var height = y + 16 + (7.4 * layers[0].Max(l => l.Layer.Length));
        return Tag("figure", Svg.Picture(height, "Bits per layer of the schedules on the front", content), Tag("figcaption", Caption(layers, perLayer)));
    }

    private static double Cell(int count) => Math.Min((Right - Left) / count, 60);

    private static double Center(int column, int count) => Left + (Cell(count) * (column + 0.5));

    private static string Caption(List<IReadOnlyList<LayerView>> layers, bool perLayer)
    {
        var uniform = layers.SelectMany(l => l.Select(v => v.Activation)).OfType<Bitwidth>().Distinct().Order().ToList();
        var activations = perLayer || uniform.Count == 0 ? ""
            : uniform is [{ IsFull: true }] ? " Activations are not quantized."
            : $" Activations have the same width in all layers: {string.Join(" or ", uniform.Select(w => w.IsFull ? "float" : Show.Count(w.Bits, "bit")))}.";
        return $"The numbers are bits, 32 is float; layers in the order of execution. The bars above are each layer's share of the weights.{activations}";
    }

    private static IEnumerable<XElement> Sizes(IReadOnlyList<LayerView> layers)
    {
        var (most, all) = (Math.Max(1, layers.Max(l => l.Elements)), Math.Max(1, layers.Sum(l => l.Elements)));
        yield return Svg.Text(Left - 12, BarHeight + 6, "weights in the layer", "end", Class("soft"));
        for (var i = 0; i < layers.Count; i++)
        {
            var height = BarHeight * layers[i].Elements / most;
            yield return Svg.Box(
                Left + (Cell(layers.Count) * i) + 1, BarHeight + 8 - height, Cell(layers.Count) - 2, Math.Max(height, 0.5), Class("bar"),
                Svg.Title($"{layers[i].Layer}: {Show.Count(layers[i].Elements)} weights, {Show.Percent((double)layers[i].Elements / all)}"));
        }
    }

    private static double Block(
        List<XElement> content, StudyReport report, List<ReportedSchedule> rows, List<IReadOnlyList<LayerView>> layers,
        Func<LayerView, Bitwidth?> width, string name, double y)
    {
        if (name.Length > 0)
        {
            content.Add(Svg.Text(0, y + 14, name, "start", Class("strong")));
        }

        for (var r = 0; r < rows.Count; r++, y += Row)
        {
            var chosen = rows[r].Schedule == report.Chosen?.Schedule;
            var label = $"{rows[r].Homogeneous ?? $"trial {rows[r].Trial}"}, {Show.KiB(rows[r].Size)}, {Show.Accuracy(rows[r].ErrorRate)}";
            content.Add(Svg.Text(Left - 10, y + 16, label, "end", chosen ? Class("strong") : null));
            for (var i = 0; i < layers[r].Count; i++)
            {
                if (width(layers[r][i]) is { } bits)
                {
                    content.AddRange(Square(layers[r][i], bits, i, layers[r].Count, y));
                }
            }

            if (chosen)
            {
                content.Add(Svg.Star(10, y + 11, 8));
                content.Add(Svg.Box(Left - 1, y - 0.5, (Cell(layers[r].Count) * layers[r].Count) + 2, Row, At("fill", "none"), At("stroke", "var(--star)"), At("stroke-width", 3)));
            }
        }

        return y;
    }

    private static IEnumerable<XElement> Square(LayerView layer, Bitwidth bits, int column, int count, double y)
    {
        var size = Cell(count);
        yield return Svg.Box(
            Left + (size * column) + 0.75, y + 0.75, size - 1.5, Row - 2.5, At("fill", Palette.Bits(bits)), At("rx", 2),
            Svg.Title($"{layer.Layer}: {Show.Count(bits.Bits, "bit")}, {Show.KiB(layer.Size)} with all that belongs to the layer"));
        if (size >= 15)
        {
            yield return Svg.Text(Center(column, count), y + 15.5, bits.ToString(), "middle", At("style", $"fill:{Palette.TextOn(bits)}"), At("pointer-events", "none"));
        }
    }
}
