using System.Xml.Linq;
using BitSearch.Reports;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>The front, as <see cref="FrontPicture"/> but with hover texts and the page's colours.</summary>
internal static class FrontSvg
{
    private const double Height = 580;
    private const double Left = 62;
    private const double Right = 985;
    private const double Top = 14;
    private const double Bottom = 525;

    /// <summary>The picture with its legend.</summary>
    public static XElement Of(StudyReport report)
    {
        var front = new FrontPlot(report);
        double X(double at) => Left + ((at - front.Sizes.Low) / (front.Sizes.High - front.Sizes.Low) * (Right - Left));
        double Y(double at) => Bottom - ((at - front.Accuracies.Low) / (front.Accuracies.High - front.Accuracies.Low) * (Bottom - Top));
        (double X, double Y) Place(ReportedSchedule s) => (X(front.Sizes.Of(s.Size.KiB)), Y(front.Accuracies.Of(s.ErrorRate)));
        IEnumerable<(double X, double Y)> Placed(IEnumerable<(double X, double Y)> steps) => steps.Select(c => (X(c.X), Y(c.Y)));
        return Tag(
            "figure",
            Svg.Picture(
                Height,
                "Validation accuracy over size of all schedules, with the Pareto front and the budgets",
                Axes(front, X, Y),
                Limits(front, X, Y),
                Svg.Path("overall", Placed(front.Overall)),
                front.Series.Where(s => s.Steps.Count > 1).Select(s => Svg.Path("steps", Placed(s.Steps), At("stroke", s.Color))),
                front.Series.SelectMany(s => s.Points.Select(p => Point(s, p, Place(p)))),
                front.Labelled.Select(s => Svg.Text(Place(s).X + 9, Place(s).Y + 17, s.Homogeneous!, "start", Class("halo"))),
                report.Chosen is { } chosen ? Tag("g", Class("point"), Svg.Star(Place(chosen).X, Place(chosen).Y, 13), Svg.Title($"chosen: {FrontPlot.Describe(chosen)}")) : null),
            Svg.Legend(Signs(front)),
            Tag("figcaption", "Each point is a schedule; point at it to read it. Thin lines: the best accuracy that an arm reaches up to each size; the thick one: all arms together."));
    }

    private static XElement Point(FrontSeries series, ReportedSchedule schedule, (double X, double Y) at) =>
        Tag("g", Class("point"), Svg.Marker(series.Shape, at.X, at.Y, 5.2, series.Color), Svg.Title(FrontPlot.Describe(schedule)));

    private static IEnumerable<XElement> Axes(FrontPlot front, Func<double, double> x, Func<double, double> y)
    {
        foreach (var tick in front.Sizes.Ticks)
        {
            yield return Svg.Line("grid", x(tick.At), Top, x(tick.At), Bottom);
            yield return Svg.Text(x(tick.At), Bottom + 20, tick.Label, "middle");
        }

        foreach (var tick in front.Accuracies.Ticks)
        {
            yield return Svg.Line("grid", Left, y(tick.At), Right, y(tick.At));
            yield return Svg.Text(Left - 8, y(tick.At) + 4, tick.Label, "end");
        }

        yield return Svg.Line("axis", Left, Bottom, Right, Bottom);
        yield return Svg.Line("axis", Left, Top, Left, Bottom);
        yield return Svg.Text((Left + Right) / 2, Bottom + 44, front.SizeLabel, "middle");
        yield return Svg.Upward(16, (Top + Bottom) / 2, front.Accuracies.AccuracyLabel, "middle");
    }

    private static IEnumerable<XElement> Limits(FrontPlot front, Func<double, double> x, Func<double, double> y)
    {
        foreach (var budget in front.Budgets)
        {
            var at = x(front.Sizes.Of(budget.Budget.Limit.KiB));
            yield return Svg.Line("budget", at, Top, at, Bottom);
            yield return Svg.Upward(at - 7, Bottom - 8, Show.Budget(budget), "start", Class("halo"));
        }

        if (front.Report.FullPrecision is { } full)
        {
            var height = y(front.Accuracies.Of(full.ErrorRate));
            yield return Svg.Line("float", Left, height, Right, height);
            yield return Svg.Text(Left + 6, height - 6, $"float {Show.Accuracy(full.ErrorRate)}", "start", Class("soft halo"));
        }
    }

    private static IEnumerable<(XElement Sign, string Name)> Signs(FrontPlot front)
    {
        XElement Line(string name, string color) => Tag("line", Class(name), At("x1", 1), At("x2", 25), At("y1", 8), At("y2", 8), color.Length > 0 ? At("stroke", color) : null);
        yield return (Line("overall", ""), "front of all");
        foreach (var series in front.Series.Where(s => s.Points.Count > 0 || s.Steps.Count > 1))
        {
            yield return (series.Points.Count > 0 ? Svg.Marker(series.Shape, 13, 8, 5.2, series.Color) : Line("steps", series.Color), series.Name);
        }

        if (front.Report.Chosen is { } chosen)
        {
            yield return (Svg.Star(13, 8, 8), $"chosen (trial {chosen.Trial})");
        }
    }
}
