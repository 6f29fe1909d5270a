using BitSearch.Reports;
using BitSearch.Space;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>
/// <c>schedule.png</c>: the chosen schedule over depth, 1200 wide: bits of the weights (and of the activations, if they
/// differ), and below them the bytes that each layer takes in the packed file.
/// </summary>
[Component("schedule-png")]
internal sealed class SchedulePicture : IReportWriter
{
    private const int Width = 1200;
    private static readonly Color Ink = PlotStyle.Ink;

    /// <inheritdoc/>
    public string FileName => "schedule.png";

    /// <inheritdoc/>
    public void Write(StudyReport report, Stream output)
    {
        EmbeddedFont.Use();
        var plots = report.Chosen is { } chosen ? Panels(report, chosen) : [(Empty(report), 300)];
        using var sheet = new PlotSheet(Width, plots.Sum(p => p.Height));
        var top = 0;
        foreach (var (plot, height) in plots)
        {
            sheet.Draw(plot, 0, top, Width, height);
            top += height;
        }

        sheet.Write(output);
    }

    private static Plot Empty(StudyReport report)
    {
        var plot = new Plot();
        plot.Title($"{report.Plan.Name}: no schedule is chosen yet", 20);
        plot.HideGrid();
        plot.Layout.Frameless();
        plot.Axes.Title.IsVisible = true;
        return plot;
    }

    private static List<(Plot Plot, int Height)> Panels(StudyReport report, ReportedSchedule chosen)
    {
        var layers = LayerView.Of(report.Network, chosen.Schedule);
        var weights = Bits(layers, l => l.Weight, "weight bits");
        var activations = layers.Select(l => l.Activation).OfType<Bitwidth>().Distinct().ToList();
        var title = $"{report.Plan.Name}: chosen schedule (trial {chosen.Trial}), {Show.KiB(chosen.Artifact)}, {Show.Accuracy(chosen.ErrorRate)} validation";
        weights.Title(activations is [{ IsFull: false } one] ? $"{title}, activations at {Show.Count(one.Bits, "bit")}" : title, 20);
        var panels = new List<(Plot, int)> { (weights, 300) };
        if (activations.Count > 1)
        {
            panels.Add((Bits(layers, l => l.Activation, "activation bits"), 220));
        }

        panels.Add((Bytes(layers), 420));
        return panels;
    }

    private static Plot Bits(IReadOnlyList<LayerView> layers, Func<LayerView, Bitwidth?> of, string label)
    {
        var plot = new Plot();
        var bars = plot.Add.Bars(layers.Select((layer, i) => (layer, i)).Where(l => of(l.layer) is not null).Select(l => new Bar
        {
            Position = l.i,
            Value = of(l.layer)!.Value.Bits,
            FillColor = Color.FromHex(Palette.Bits(of(l.layer)!.Value)),
            ValueLabel = of(l.layer)!.Value.ToString(),
            LineWidth = 0,
            Size = 0.86,
        }).ToArray());
        var most = layers.Max(l => of(l)?.Bits ?? 1);
        Style(plot, bars, label, layers.Count, most * 1.25);
        var step = most > 16 ? 8 : most > 8 ? 4 : 2;
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, (most / step) + 1).Select(i => (double)i * step)], [.. Enumerable.Range(0, (most / step) + 1).Select(i => $"{i * step}")]);
        plot.Axes.Bottom.SetTicks([], []);
        return plot;
    }

    private static Plot Bytes(IReadOnlyList<LayerView> layers)
    {
        var plot = new Plot();
        var most = layers.Max(l => l.Size.KiB);
        var bars = plot.Add.Bars(layers.Select((layer, i) => new Bar
        {
            Position = i,
            Value = layer.Size.KiB,
            FillColor = Color.FromHex(Palette.Bits(layer.Weight ?? Bitwidth.Full)),
            ValueLabel = layers.Count <= 34 ? layer.Size.KiB.ToString(layer.Size.KiB < 9.95 ? "F1" : "F0") : "",
            LineWidth = 0,
            Size = 0.86,
        }).ToArray());
        Style(plot, bars, "KiB in the packed file", layers.Count, Math.Max(most, 0.01) * 1.2);
        var scale = PlotScale.Linear(0, Math.Max(most, 0.01) * 1.15, v => v.ToString("0.##"));
        PlotStyle.Ticks(plot.Axes.Left, scale);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, layers.Count).Select(i => (double)i)], [.. layers.Select(l => l.Layer)]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        plot.Axes.Bottom.MinimumSize = 44 + (8 * layers.Max(l => l.Layer.Length));
        plot.XLabel("layers in the order of execution", 16);
        plot.Axes.Bottom.Label.Bold = false;
        return plot;
    }

    private static void Style(Plot plot, ScottPlot.Plottables.BarPlot bars, string label, int count, double top)
    {
        bars.ValueLabelStyle.FontSize = count <= 34 ? 15 : 11;
        bars.ValueLabelStyle.ForeColor = Ink;
        plot.YLabel(label, 16);
        plot.Axes.Left.Label.Bold = false;
        PlotStyle.Frame(plot);
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 75;
        plot.Axes.Right.MinimumSize = 20;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(-0.7, count - 0.3, 0, top);
    }
}
