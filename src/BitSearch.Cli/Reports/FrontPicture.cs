using BitSearch.Reports;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary><c>front.png</c>: accuracy over size, 1200x800.</summary>
[Component("front-png")]
internal sealed class FrontPicture : IReportWriter
{
    private static readonly Color Ink = PlotStyle.Ink;

    /// <inheritdoc/>
    public string FileName => "front.png";

    /// <inheritdoc/>
    public void Write(StudyReport report, Stream output)
    {
        EmbeddedFont.Use();
        using var plot = new Plot();
        var front = new FrontPlot(report);
        Frame(plot, front);
        Budgets(plot, front);
        FloatLine(plot, front);
        Ribbon(plot, front);
        foreach (var series in front.Series)
        {
            Draw(plot, front, series);
        }

        Overall(plot, front);
        Labels(plot, front);
        Chosen(plot, front);
        plot.Axes.SetLimits(front.Sizes.Low, front.Sizes.High, front.Accuracies.Low, front.Accuracies.High);
        output.Write(plot.GetImageBytes(1200, 800, ImageFormat.Png));
    }

    private static void Frame(Plot plot, FrontPlot front)
    {
        var title = front.Report.Chosen is { } chosen
            ? $"{front.Report.Plan.Name}: best {(front.Report.Answers[0].Budget.IsLimited ? $"within {Show.Budget(front.Report.Answers[0].Budget)}" : "of all")} is trial {chosen.Trial} with {Show.KiB(chosen.Size)} and {Show.Accuracy(chosen.ErrorRate)}"
            : $"{front.Report.Plan.Name}: nothing completed within {Show.Budget(front.Report.Answers[0].Budget)}";
        plot.Title(title, 20);
        plot.Axes.Title.Label.Bold = true;
        plot.XLabel(front.SizeLabel, 17);
        plot.YLabel(front.Accuracies.AccuracyLabel, 17);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        PlotStyle.Ticks(plot.Axes.Bottom, front.Sizes);
        PlotStyle.Ticks(plot.Axes.Left, front.Accuracies);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 15;
        plot.Axes.Left.MinimumSize = 68;
        PlotStyle.Frame(plot);
        PlotStyle.Legend(plot, 15);
        plot.Legend.SymbolPadding = 10;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
    }

    private static void Budgets(Plot plot, FrontPlot front)
    {
        foreach (var budget in front.Budgets)
        {
            var x = front.Sizes.Of(budget.Budget.Limit.KiB);
            plot.Add.VerticalLine(x, 1.5f, Ink, LinePattern.Dashed);
            var text = plot.Add.Text(Show.Budget(budget), x, front.Accuracies.Low);
            Style(text, Ink, 14, Alignment.MiddleLeft, -12, -10);
            text.LabelRotation = -90;
            text.LabelBackgroundColor = Colors.White;
        }
    }

    private static void FloatLine(Plot plot, FrontPlot front)
    {
        if (front.Report.FullPrecision is { } full)
        {
            var y = front.Accuracies.Of(full.ErrorRate);
            plot.Add.HorizontalLine(y, 1.5f, Color.FromHex(Palette.Baseline), LinePattern.Dotted);
            var text = plot.Add.Text($"float {Show.Accuracy(full.ErrorRate)}", front.Sizes.Low, y);
            Style(text, Color.FromHex("#555555"), 14, Alignment.LowerLeft, 4, -5);
            text.LabelBackgroundColor = Colors.White;
        }
    }

    private static void Draw(Plot plot, FrontPlot front, FrontSeries series)
    {
        var color = Color.FromHex(series.Color);
        if (series.Steps.Count > 1)
        {
            var line = plot.Add.ScatterLine(series.Steps.Select(s => s.X).ToArray(), series.Steps.Select(s => s.Y).ToArray(), color.WithAlpha(0.55));
            line.LineWidth = 2;
            line.LegendText = series.Points.Count == 0 ? series.Name : "";
        }

        if (series.Points.Count == 0)
        {
            return;
        }

        var markers = plot.Add.Markers(
            series.Points.Select(p => front.Sizes.Of(p.Size.KiB)).ToArray(),
            series.Points.Select(p => front.Accuracies.Of(p.ErrorRate)).ToArray(), Marker(series.Shape), 10, color.WithAlpha(0.8));
        markers.MarkerLineWidth = 2;
        markers.MarkerLineColor = series.Shape == Palette.Shape.Ring ? color : Colors.White;
        markers.LegendText = series.Name;
    }

    // Steps: each size's band holds up to the next size.
    private static void Ribbon(Plot plot, FrontPlot front)
    {
        if (front.Report.Replicated is not { Ribbon.Count: > 1 } replicated)
        {
            return;
        }

        var steps = replicated.Ribbon.SelectMany((r, i) => new[] { r.Size, i + 1 < replicated.Ribbon.Count ? replicated.Ribbon[i + 1].Size : r.Size }, (r, size) => (X: front.Sizes.Of(size / 8192), r)).ToList();
        var ribbon = plot.Add.FillY(
            steps.Select(s => s.X).ToArray(), [.. steps.Select(s => front.Accuracies.Of(s.r.High))], [.. steps.Select(s => front.Accuracies.Of(s.r.Low))]);
        (ribbon.FillColor, ribbon.LineWidth) = (Ink.WithAlpha(0.12), 0);
        ribbon.LegendText = $"front of all, 95 % over {replicated.Repeats} repeats";
    }

    private static void Overall(Plot plot, FrontPlot front)
    {
        if (front.Overall.Count > 1)
        {
            var line = plot.Add.ScatterLine(front.Overall.Select(s => s.X).ToArray(), front.Overall.Select(s => s.Y).ToArray(), Ink.WithAlpha(0.35));
            line.LineWidth = 5;
            line.LegendText = "front of all";
            plot.MoveToBack(line);
        }
    }

    private static void Labels(Plot plot, FrontPlot front)
    {
        foreach (var schedule in front.Labelled)
        {
            var text = plot.Add.Text(schedule.Homogeneous!, front.Sizes.Of(schedule.Size.KiB), front.Accuracies.Of(schedule.ErrorRate));
            Style(text, Ink, 14, Alignment.UpperLeft, 8, 5);
            text.LabelBackgroundColor = Colors.White.WithAlpha(0.8);
        }
    }

    private static void Chosen(Plot plot, FrontPlot front)
    {
        if (front.Report.Chosen is { } chosen)
        {
            var marker = plot.Add.Marker(
                front.Sizes.Of(chosen.Size.KiB), front.Accuracies.Of(chosen.ErrorRate), MarkerShape.FilledCircle, 22, Color.FromHex(Palette.Chosen));
            marker.MarkerStyle.CustomRenderer = new StarMarker();
            marker.MarkerStyle.LineColor = Ink;
            marker.MarkerStyle.LineWidth = 1.5f;
            marker.LegendText = $"chosen (trial {chosen.Trial})";
        }
    }

    private static void Style(ScottPlot.Plottables.Text text, Color color, float size, Alignment alignment, float right, float down)
    {
        (text.LabelFontColor, text.LabelFontSize, text.LabelAlignment) = (color, size, alignment);
        (text.OffsetX, text.OffsetY) = (right, down);
    }

    private static MarkerShape Marker(Palette.Shape shape) => shape switch
    {
        Palette.Shape.Disc => MarkerShape.FilledCircle,
        Palette.Shape.Square => MarkerShape.FilledSquare,
        Palette.Shape.Triangle => MarkerShape.FilledTriangleUp,
        Palette.Shape.Diamond => MarkerShape.FilledDiamond,
        Palette.Shape.Downward => MarkerShape.FilledTriangleDown,
        _ => MarkerShape.OpenCircle,
    };
}
