using System.Xml.Linq;
using BitSearch.Reports;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>Validation accuracy along training.</summary>
internal static class CurvesSvg
{
    private const double Height = 420;
    private const double Left = 66;
    private const double Right = 985;
    private const double Top = 12;
    private const double Bottom = 365;

    /// <summary>The picture with its legend; null where nothing was read twice.</summary>
    public static XElement? Of(StudyReport report)
    {
        if (report.Curves.Count == 0)
        {
            return null;
        }

        var picture = new CurvesPlot(report.Curves);
        double X(double reading) => Left + ((Right - Left) * picture.Readings.Share(reading));
        double Y(double error) => Bottom - ((Bottom - Top) * picture.Accuracies.Share(error));
        double AtTick(Tick tick) => Bottom - ((Bottom - Top) * picture.Accuracies.ShareAt(tick.At));
        return Tag(
            "figure",
            Svg.Picture(
                Height, "Validation accuracy along training",
                picture.Accuracies.Ticks.SelectMany(t => new[] { Svg.Line("grid", Left, AtTick(t), Right, AtTick(t)), Svg.Text(Left - 8, AtTick(t) + 4, t.Label, "end") }),
                picture.Readings.Ticks.Where(t => t.Label.Length > 0).Select(t => Svg.Text(X(t.At), Bottom + 20, t.Label, "middle")),
                Svg.Line("axis", Left, Bottom, Right, Bottom),
                Svg.Text((Left + Right) / 2, Bottom + 44, CurvesPlot.ReadingLabel, "middle"),
                Svg.Upward(16, (Top + Bottom) / 2, picture.Accuracies.AccuracyLabel, "middle"),
                picture.Series.Reverse().Select(s => Curve(s, X, Y))),
            Svg.Legend(picture.Series.Select(s => (Tag("line", Class("steps"), At("x1", 1), At("x2", 25), At("y1", 8), At("y2", 8), At("stroke", s.Color), Dashes(s)), s.Name))),
            Tag("figcaption", picture.Caption));
    }

    private static XElement Curve(CurveSeries series, Func<double, double> x, Func<double, double> y)
    {
        var points = series.Curve.Points;
        var band = points.Select(p => (x(p.Reading), y(p.ErrorRate.Low))).Concat(points.Reverse().Select(p => (x(p.Reading), y(p.ErrorRate.High))));
        return Tag(
            "g", Class("point"),
            Svg.Path("band", band, At("fill", series.Color)),
            Svg.Path("steps", points.Select(p => (x(p.Reading), y(p.ErrorRate.Estimate))), At("stroke", series.Color), Dashes(series)),
            Svg.Title(series.Name));
    }

    private static XAttribute? Dashes(CurveSeries series) => (series.IsHomogeneous, series.IsAgain) switch
    {
        (true, false) => At("stroke-dasharray", "7 4"),
        (true, true) => At("stroke-dasharray", "2 3"),
        (false, true) => At("stroke-dasharray", "10 2"),
        _ => null,
    };
}
