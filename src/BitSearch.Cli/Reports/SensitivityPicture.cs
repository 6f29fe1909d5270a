using BitSearch.Search;
using BitSearch.Space;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>
/// A measurement over depth, 1200 wide: a panel for the points' own values with their standard errors, one for weights and one
/// for activations with a line a width, each where there is something to show. Scales as <see cref="PlotScale.Values"/>.
/// </summary>
internal static class SensitivityPicture
{
    private const int Width = 1200;
    private const int PanelHeight = 330;
    private static readonly Color Ink = PlotStyle.Ink;

    /// <summary>Draws the picture as PNG.</summary>
    /// <param name="file">The measurement.</param>
    /// <param name="network">Its points.</param>
    /// <param name="study">The study's name, for the title.</param>
    /// <param name="output">Where to.</param>
    public static void Write(MeasurementFile file, NetworkDescription network, string study, Stream output)
    {
        EmbeddedFont.Use();
        var layers = network.Points.OrderBy(p => p.Depth).Select(p => p.Layer).Distinct().ToList();
        var panels = SensitivityPanel.Of(file, network);
        using var sheet = new PlotSheet(Width, (panels.Count * PanelHeight) + PlotStyle.RoomFor(layers));
        for (var i = 0; i < panels.Count; i++)
        {
            var plot = Draw(panels[i], layers, last: i == panels.Count - 1);
            if (i == 0)
            {
                plot.Title($"{study}: {file.Measurement.Name}", 20);
            }

            sheet.Draw(plot, 0, i * PanelHeight, Width, PanelHeight + (i == panels.Count - 1 ? PlotStyle.RoomFor(layers) : 0));
        }

        sheet.Write(output);
    }

    private static Plot Draw(SensitivityPanel panel, List<string> layers, bool last)
    {
        var plot = new Plot();
        var scale = PlotScale.Values([.. panel.Series.SelectMany(s => s.Points).Select(p => p.Value)]);
        foreach (var series in panel.Series)
        {
            Draw(plot, scale, series, layers);
        }

        Style(plot, panel, scale, layers.Count);
        PlotStyle.Layers(plot, layers, last ? PlotStyle.RoomFor(layers) : 0);
        if (last)
        {
            plot.XLabel("layers in the order of execution", 16);
            plot.Axes.Bottom.Label.Bold = false;
        }

        return plot;
    }

    private static void Draw(Plot plot, PlotScale scale, SensitivitySeries series, List<string> layers)
    {
        var color = Color.FromHex(series.Color);
        var at = series.Points.Select(p => (X: (double)layers.IndexOf(p.Layer), p.Value, p.Error)).ToList();
        var line = plot.Add.Scatter(at.Select(p => p.X).ToArray(), at.Select(p => scale.Of(p.Value)).ToArray(), color);
        (line.LineWidth, line.MarkerSize, line.LegendText) = (2, 9, series.Name);
        foreach (var (x, value, error) in at.Where(p => p.Error is > 0))
        {
            // One standard error each way; to the axis where a logarithm has no value.
            var low = scale.Of(value - error!.Value) is var end && double.IsFinite(end) ? end : scale.Low;
            var bar = plot.Add.Line(x, low, x, scale.Of(value + error!.Value));
            (bar.LineColor, bar.LineWidth) = (Ink, 1.5f);
        }
    }

    private static void Style(Plot plot, SensitivityPanel panel, PlotScale scale, int count)
    {
        plot.YLabel(panel.Label, 15);
        plot.Axes.Left.Label.Bold = false;
        PlotStyle.Ticks(plot.Axes.Left, scale);
        PlotStyle.Frame(plot);
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 100;
        PlotStyle.Legend(plot, 14);
        var legend = plot.ShowLegend(Edge.Right);
        (legend.MinimumSize, legend.MaximumSize) = (150, 150);
        plot.Axes.SetLimits(-0.7, count - 0.3, scale.Low, scale.High);
    }
}
