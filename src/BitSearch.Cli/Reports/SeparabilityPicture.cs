using BitSearch.Cli.Commands;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>
/// How well layers separate classes, over depth, 1200x1010: D, Fisher's ratio and the discrimination value one below the other,
/// what weights' layers give and what they read. Better separated is lower in the first and third panel, higher in the second.
/// </summary>
internal static class SeparabilityPicture
{
    private const int Width = 1200;
    private const int PanelHeight = 290;

    /// <summary>Draws the picture as PNG.</summary>
    public static void Write(SeparabilityAnswer answer, Stream output)
    {
        EmbeddedFont.Use();
        var layers = answer.Rows.OrderBy(r => r.Depth).Select(r => Layer(r.Point)).Distinct().ToList();
        var labels = PlotStyle.RoomFor(layers);
        (string Label, Func<SeparabilityRow, double> Value)[] panels =
        [
            ("D = Tr(S_w pinv(S_b))", r => r.Fuzziness), ("Fisher ratio Tr(S_b)/Tr(S_w)", r => r.FisherRatio), ("GDV", r => r.Discrimination),
        ];
        using var sheet = new PlotSheet(Width, (panels.Length * PanelHeight) + labels);
        for (var i = 0; i < panels.Length; i++)
        {
            var last = i == panels.Length - 1;
            var plot = Draw(answer, layers, panels[i].Label, panels[i].Value, last ? labels : 0);
            if (i == 0)
            {
                plot.Title(FormattableString.Invariant($"{answer.Study}: separability of classes along depth, {answer.Images:N0} validation images"), 20);
            }

            sheet.Draw(plot, 0, i * PanelHeight, Width, PanelHeight + (last ? labels : 0));
        }

        sheet.Write(output);
    }

    private static Plot Draw(SeparabilityAnswer answer, List<string> layers, string label, Func<SeparabilityRow, double> value, int below)
    {
        var plot = new Plot();
        var scale = PlotScale.Values([.. answer.Rows.Select(value).Where(double.IsFinite)]);
        foreach (var (kind, name, color) in new[] { ("weights", "what the layer gives", Palette.Strategies[0]), ("activations", "what the layer reads", Palette.Strategies[1]) })
        {
            var dots = answer.Rows.Where(r => r.Kind == kind && double.IsFinite(value(r))).OrderBy(r => r.Depth).ToList();
            var line = plot.Add.Scatter(dots.Select(r => (double)layers.IndexOf(Layer(r.Point))).ToArray(), dots.Select(r => scale.Of(value(r))).ToArray(), Color.FromHex(color));
            (line.LineWidth, line.MarkerSize, line.LegendText) = (2, 8, name);
        }

        plot.YLabel(label, 15);
        plot.Axes.Left.Label.Bold = false;
        PlotStyle.Ticks(plot.Axes.Left, scale);
        PlotStyle.Layers(plot, layers, below);
        PlotStyle.Frame(plot);
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 100;
        PlotStyle.Legend(plot, 14);
        var legend = plot.ShowLegend(Edge.Right);
        (legend.MinimumSize, legend.MaximumSize) = (190, 190);
        plot.Axes.SetLimits(-0.7, layers.Count - 0.3, scale.Low, scale.High);
        return plot;
    }

    private static string Layer(string point) => point[..point.LastIndexOf('.')];
}
