using BitSearch.Reports;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary><c>curves.png</c>: validation accuracy along training, 1200x700; not written where nothing was read twice.</summary>
[Component("curves-png")]
internal sealed class CurvesPicture : IReportWriter
{
    /// <inheritdoc/>
    public string FileName => "curves.png";

    /// <inheritdoc/>
    public bool HasContent(StudyReport report) => report.Curves.Count > 0;

    /// <inheritdoc/>
    public void Write(StudyReport report, Stream output)
    {
        EmbeddedFont.Use();
        using var plot = new Plot();
        if (HasContent(report))
        {
            var picture = new CurvesPlot(report.Curves);
            Frame(plot, picture, report.Plan.Name);
            foreach (var series in picture.Series.Reverse())
            {
                Draw(plot, picture, series);
            }

            PlotStyle.Lines(plot, picture.Series.Select(s => (s.Name, Color.FromHex(s.Color), Width(s), Pattern(s))));
        }

        output.Write(plot.GetImageBytes(1200, 700, ImageFormat.Png));
    }

    private static void Frame(Plot plot, CurvesPlot picture, string study)
    {
        plot.Title(picture.Repeats > 1 ? $"{study}: learning curves, mean and 95 % interval of up to {picture.Repeats} repeats" : $"{study}: learning curves", 20);
        plot.XLabel(CurvesPlot.ReadingLabel, 17);
        plot.YLabel(picture.Accuracies.AccuracyLabel, 17);
        plot.Axes.Title.Label.Bold = plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        PlotStyle.Ticks(plot.Axes.Bottom, picture.Readings);
        PlotStyle.Ticks(plot.Axes.Left, picture.Accuracies);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 15;
        plot.Axes.Left.MinimumSize = 68;
        PlotStyle.Frame(plot);
        plot.Axes.SetLimits(picture.Readings.Low, picture.Readings.High, picture.Accuracies.Low, picture.Accuracies.High);
    }

    private static void Draw(Plot plot, CurvesPlot picture, CurveSeries series)
    {
        var color = Color.FromHex(series.Color);
        double[] xs = [.. series.Curve.Points.Select(p => (double)p.Reading)];
        var band = plot.Add.FillY(
            xs,
            [.. series.Curve.Points.Select(p => picture.Accuracies.Of(p.ErrorRate.High))],
            [.. series.Curve.Points.Select(p => picture.Accuracies.Of(p.ErrorRate.Low))]);
        (band.FillColor, band.LineWidth) = (color.WithAlpha(0.13), 0);
        var line = plot.Add.ScatterLine(xs, [.. series.Curve.Points.Select(p => picture.Accuracies.Of(p.ErrorRate.Estimate))], color);
        (line.LineWidth, line.LinePattern) = (Width(series), Pattern(series));
    }

    private static float Width(CurveSeries series) => series.IsHomogeneous ? 2.2f : 3.4f;

    private static LinePattern Pattern(CurveSeries series) => (series.IsHomogeneous, series.IsAgain) switch
    {
        (true, false) => LinePattern.Dashed,
        (true, true) => LinePattern.Dotted,
        (false, true) => LinePattern.DenselyDashed,
        _ => LinePattern.Solid,
    };
}
