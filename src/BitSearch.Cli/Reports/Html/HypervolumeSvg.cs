using System.Globalization;
using System.Xml.Linq;
using BitSearch.Reports;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>The hypervolume of each arm after its first, second, ... schedule.</summary>
internal static class HypervolumeSvg
{
    private const double Height = 360;
    private const double Left = 62;
    private const double Right = 985;
    private const double Top = 12;
    private const double Bottom = 305;

    /// <summary>The picture with its legend and what hypervolume means here.</summary>
    public static XElement Of(StudyReport report)
    {
        var arms = report.Arms.Select((arm, i) => (Arm: arm, Palette.Arm(arm.Name, i).Color)).Where(a => a.Arm.HypervolumeBySchedule.Count > 0).ToList();
        if (arms.Count == 0)
        {
            return Tag("p", "No trial has ended.");
        }

        var most = arms.Max(a => a.Arm.HypervolumeBySchedule.Count);
        var best = Math.Max(0.01, arms.Max(a => a.Arm.Hypervolume));
        var up = PlotScale.Linear(0, best * 1.08, v => v.ToString("0.###", CultureInfo.InvariantCulture));
        var along = PlotScale.Linear(0, most + 0.5, v => v == Math.Floor(v) ? Show.Count((long)v) : "");
        double X(double n) => Left + ((Right - Left) * n / along.High);
        double Y(double v) => Bottom - ((Bottom - Top) * v / up.High);
        var lines = arms.Select(a => Tag(
            "g", Class("point"),
            Svg.Path("steps", Steps(a.Arm.HypervolumeBySchedule, X, Y), At("stroke", a.Color)),
            Svg.Marker(Palette.Shape.Disc, X(a.Arm.HypervolumeBySchedule.Count), Y(a.Arm.Hypervolume), 4, a.Color),
            Svg.Title($"{a.Arm.Name}: {a.Arm.Hypervolume:F4} after {Show.Count(a.Arm.HypervolumeBySchedule.Count, "schedule")}")));
        return Tag(
            "figure",
            Svg.Picture(
                Height, "Hypervolume over the number of schedules tried, by arm",
                up.Ticks.SelectMany(t => new[] { Svg.Line("grid", Left, Y(t.At), Right, Y(t.At)), Svg.Text(Left - 8, Y(t.At) + 4, t.Label, "end") }),
                along.Ticks.Where(t => t.Label.Length > 0).Select(t => Svg.Text(X(t.At), Bottom + 20, t.Label, "middle")),
                Svg.Line("axis", Left, Bottom, Right, Bottom),
                Svg.Text((Left + Right) / 2, Bottom + 44, "schedules tried in the arm", "middle"),
                Svg.Upward(16, (Top + Bottom) / 2, "hypervolume, share", "middle"),
                lines),
            Svg.Legend(arms.Select(a => (Tag("line", Class("steps"), At("x1", 1), At("x2", 25), At("y1", 8), At("y2", 8), At("stroke", a.Color)), a.Arm.Name))),
            Tag("figcaption", Meaning(report)));
    }

    private static string Meaning(StudyReport report) =>
        $"The share of the rectangle up to {Show.KiB(report.Reference.Size)} and {Show.Percent(report.Reference.ErrorRate)} errors (chance) that an arm's front dominates; "
        + $"larger is better, what lies outside counts nothing. All arms together: {report.Hypervolume.ToString("F4", CultureInfo.InvariantCulture)}.";

    private static IEnumerable<(double X, double Y)> Steps(EquatableArray<double> volumes, Func<double, double> x, Func<double, double> y)
    {
        yield return (x(1), y(volumes[0]));
        for (var i = 1; i < volumes.Count; i++)
        {
            yield return (x(i + 1), y(volumes[i - 1]));
            yield return (x(i + 1), y(volumes[i]));
        }
    }
}
