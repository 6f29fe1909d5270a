using System.Globalization;
using BitSearch.Comparison;
using BitSearch.Space;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>
/// One problem of a comparison, 1800x900: the share of the known front over trials and over seconds, the median of each strategy
/// with its quartiles. The legend is in the order of the final medians; random is grey.
/// </summary>
internal static class ComparisonPicture
{
    private const int Height = 900;
    private const int Left = 1120;
    private const int Right = 680;
    private const double FastestSeconds = 1e-3;
    private static readonly Color Ink = PlotStyle.Ink;

    /// <summary>The picture as PNG.</summary>
    public static byte[] Png(ComparisonResult result, ComparisonCase @case)
    {
        EmbeddedFont.Use();
        var curves = StrategyCurve.Of(result, @case);
        var scale = Shares(curves);
        using var sheet = new PlotSheet(Left + Right, Height);
        sheet.Draw(OverTrials(result, @case, curves, scale), 0, 0, Left, Height);
        sheet.Draw(OverSeconds(result, @case, curves, scale), Left, 0, Right, Height);
        using var png = new MemoryStream();
        sheet.Write(png);
        return png.ToArray();
    }

    private static Plot OverTrials(ComparisonResult result, ComparisonCase @case, IReadOnlyList<StrategyCurve> curves, PlotScale scale)
    {
        var (plot, trials) = (new Plot(), result.Design.Trials);
        var x = PlotScale.Linear(1, Math.Max(2, trials), v => v.ToString("0.##", CultureInfo.InvariantCulture));
        Frame(plot, scale, $"{@case}: share of the known front, median and quartiles of {result.Design.Seeds} seeds", "trials");
        plot.YLabel("share of the known front's hypervolume, %", 17);
        Goal(plot, 1);
        Reachable(plot, result.Problems.First(p => p.Case == @case));
        foreach (var curve in curves.Reverse()) // The best last, so that they lie on top; the legend has the other order.
        {
            var style = StrategyStyle.Of(curve.Strategy, result.Design);
            var xs = curve.Points.Select(p => (double)p.Trial).ToArray();
            var band = plot.Add.FillY(xs, [.. curve.Points.Select(p => 100 * p.Share.Low)], [.. curve.Points.Select(p => 100 * p.Share.High)]);
            (band.FillColor, band.LineWidth) = (style.Color.WithAlpha(0.11), 0);
            Line(plot, style, xs, curve);
        }

        PlotStyle.Ticks(plot.Axes.Bottom, x);
        plot.Axes.SetLimits(1, Math.Max(2, trials), scale.Low, scale.High);
        Legend(plot, result, curves);
        return plot;
    }

    // Strategy and recorded training together; log seconds. Each point is the median strategy after so many trials.
    private static Plot OverSeconds(ComparisonResult result, ComparisonCase @case, IReadOnlyList<StrategyCurve> curves, PlotScale scale)
    {
        static double Seconds(StrategyCurvePoint p) => Math.Max(FastestSeconds, p.ProposerSeconds + p.TrainingSeconds);
        var plot = new Plot();
        var trained = curves.Any(c => c.Points.Any(p => p.TrainingSeconds > 0));
        Frame(plot, scale, trained ? "over strategy and training time" : "over the strategy's own time", "seconds (logarithmic)");
        var (low, high) = (
            Math.Floor(Math.Log10(curves.Min(c => Seconds(c.Points[0])))), Math.Ceiling(Math.Log10(curves.Max(c => Seconds(c.Points[^1])) * 1.001)));
        Goal(plot, low);
        foreach (var curve in curves.Reverse())
        {
            Line(plot, StrategyStyle.Of(curve.Strategy, result.Design), [.. curve.Points.Select(p => Math.Log10(Seconds(p)))], curve);
        }

        var powers = Enumerable.Range((int)low, (int)(high - low) + 1).Select(p => (double)p).ToArray();
        plot.Axes.Bottom.SetTicks(powers, [.. powers.Select(p => Math.Pow(10, p).ToString("#,0.###", CultureInfo.InvariantCulture))]);
        plot.Axes.SetLimits(low, high, scale.Low, scale.High);
        return plot;
    }

    private static void Line(Plot plot, StrategyStyle style, double[] xs, StrategyCurve curve)
    {
        var line = plot.Add.ScatterLine(xs, [.. curve.Points.Select(p => 100 * p.Share.Median)], style.Color);
        (line.LineWidth, line.LinePattern) = (style.Width, style.Pattern);
    }

    // What the best schedules of the pattern have.
    private static void Reachable(Plot plot, ProblemFact problem)
    {
        if (problem.Case.Pattern != SchedulePattern.Free)
        {
            plot.Add.HorizontalLine(100 * problem.Reachable, 1.5f, Ink, LinePattern.Dashed);
            var text = plot.Add.Text($"best {problem.Case.Pattern.Name()} front", 1, 100 * problem.Reachable);
            (text.LabelFontColor, text.LabelFontSize, text.LabelAlignment, text.OffsetX, text.OffsetY) = (Ink, 13, Alignment.UpperLeft, 4, 2);
        }
    }

    private static void Goal(Plot plot, double left)
    {
        plot.Add.HorizontalLine(100 * StrategySummary.Near, 1.2f, Ink.WithAlpha(0.6), LinePattern.Dotted);
        var text = plot.Add.Text("95 %", left, 100 * StrategySummary.Near);
        (text.LabelFontColor, text.LabelFontSize, text.LabelAlignment, text.OffsetX, text.OffsetY) = (Ink, 13, Alignment.LowerLeft, 4, -2);
    }

    private static void Legend(Plot plot, ComparisonResult result, IReadOnlyList<StrategyCurve> curves) => PlotStyle.Lines(plot, curves.Select(curve =>
    {
        var style = StrategyStyle.Of(curve.Strategy, result.Design);
        return (string.Create(CultureInfo.InvariantCulture, $"{curve.Strategy} {100 * curve.Points[^1].Share.Median:F1} %"), style.Color, style.Width, style.Pattern);
    }));

    private static void Frame(Plot plot, PlotScale scale, string title, string bottom)
    {
        plot.Title(title, 18);
        plot.XLabel(bottom, 17);
        plot.Axes.Title.Label.Bold = plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        PlotStyle.Ticks(plot.Axes.Left, scale);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 15;
        plot.Axes.Left.MinimumSize = 68;
        PlotStyle.Frame(plot);
    }

    // What happens before the first tenth of the trials is steep and the same for all: the axis begins at the lowest median after it.
    private static PlotScale Shares(IReadOnlyList<StrategyCurve> curves)
    {
        var low = curves.Min(c => c.Points[c.Points.Count / 10].Share.Median);
        return PlotScale.Linear(Math.Max(0, 100 * (low - 0.02)), 101, v => v.ToString("0.#", CultureInfo.InvariantCulture));
    }
}
