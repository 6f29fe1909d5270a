using System.Globalization;
using BitSearch.Cli.Plans;
using BitSearch.Reports;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>
/// A schedule explained, 1200 wide: the widths along depth, coloured as <see cref="Palette.Bits"/>, and below how many points of
/// accuracy a KiB is worth in each layer, when one is taken away and when one is added, with 95 % intervals.
/// </summary>
internal static class ExplainPicture
{
    private const int Width = 1200;
    private const int PanelHeight = 340;
    private const double Side = 0.17;

    /// <summary>Draws the picture as PNG.</summary>
    public static void Write(Explanation explanation, PlannedStudy study, Stream output)
    {
        EmbeddedFont.Use();
        var below = PlotStyle.RoomFor(explanation.Layers.Select(l => l.Point.Layer));
        using var sheet = new PlotSheet(Width, (2 * PanelHeight) + below);
        sheet.Draw(Widths(explanation, study), 0, 0, Width, PanelHeight);
        sheet.Draw(Worth(explanation, below), 0, PanelHeight, Width, PanelHeight + below);
        sheet.Write(output);
    }

    private static Plot Widths(Explanation explanation, PlannedStudy study)
    {
        var plot = new Plot();
        plot.Title(FormattableString.Invariant($"{study.Plan.Name}, trial {explanation.Trial.Number}: {explanation.Trial.Artifact.Bytes:N0} bytes, validation accuracy {100 * (1 - explanation.Trial.Completed!.ErrorRate):0.00} %"), 20);
        foreach (var (i, layer) in explanation.Layers.Index())
        {
            var bar = plot.Add.Rectangle(i - 0.4, i + 0.4, 0, layer.Width.Bits);
            (bar.FillColor, bar.LineWidth) = (Color.FromHex(Palette.Bits(layer.Width)), 0);
            var text = plot.Add.Text($"{layer.Width}", i, layer.Width.Bits);
            (text.LabelFontSize, text.LabelFontColor, text.LabelAlignment, text.OffsetY) = (15, PlotStyle.Ink, Alignment.LowerCenter, -3);
        }

        var most = explanation.Layers.Max(l => l.Width.Bits);
        Frame(plot, explanation, PlotScale.Linear(0, most * 1.15, v => v.ToString("0", CultureInfo.InvariantCulture)), "bits of the weights", below: 0);
        return plot;
    }

    private static Plot Worth(Explanation explanation, int below)
    {
        var plot = new Plot();
        var ends = explanation.Layers.SelectMany(l => new[] { l.Narrower, l.Wider }).OfType<WidthChange>().SelectMany(c => new[] { PerKiB(c, c.Low), PerKiB(c, c.High) }).Append(0).ToList();
        var room = 0.06 * Math.Max(1e-6, ends.Max() - ends.Min());
        plot.Add.HorizontalLine(0, 1.5f, PlotStyle.Ink);
        Series(plot, explanation, l => l.Narrower, -Side, Palette.Strategies[1], "one width narrower: points lost for each KiB saved");
        Series(plot, explanation, l => l.Wider, Side, Palette.Strategies[0], "one width wider: points gained for each KiB added");
        Frame(plot, explanation, PlotScale.Linear(ends.Min() - room, ends.Max() + room, v => v.ToString("0.###", CultureInfo.InvariantCulture)), "points of accuracy a KiB", below);
        PlotStyle.Legend(plot, 14);
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static void Series(Plot plot, Explanation explanation, Func<LayerExplanation, WidthChange?> of, double shift, string hex, string name)
    {
        var color = Color.FromHex(hex);
        var changes = explanation.Layers.Select((l, i) => (At: i + shift, Change: of(l))).Where(c => c.Change is not null).ToList();
        foreach (var (at, change) in changes)
        {
            var bar = plot.Add.Line(at, PerKiB(change!, change!.Low), at, PerKiB(change, change.High));
            (bar.LineColor, bar.LineWidth) = (color, 2);
        }

        var markers = plot.Add.Markers(changes.Select(c => c.At).ToArray(), changes.Select(c => c.Change!.PointsPerKiB).ToArray(), MarkerShape.FilledCircle, 9, color);
        markers.LegendText = name;
    }

    private static double PerKiB(WidthChange change, double points) => points / change.Bytes * 1024;

    private static void Frame(Plot plot, Explanation explanation, PlotScale scale, string label, int below)
    {
        plot.YLabel(label, 15);
        plot.Axes.Left.Label.Bold = false;
        PlotStyle.Ticks(plot.Axes.Left, scale);
        PlotStyle.Layers(plot, [.. explanation.Layers.Select(l => l.Point.Layer)], below);
        PlotStyle.Frame(plot);
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 90;
        plot.Axes.SetLimits(-0.7, explanation.Layers.Count - 0.3, scale.Low, scale.High);
    }
}
