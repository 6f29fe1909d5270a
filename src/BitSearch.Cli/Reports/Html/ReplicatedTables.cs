using System.Globalization;
using System.Xml.Linq;
using BitSearch.Reports;
using BitSearch.Statistics;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>The page's tables about repeats.</summary>
internal static class ReplicatedTables
{
    /// <summary>The most rows and columns of the dominance table.</summary>
    public const int Widest = 16;

    /// <summary>The replicated schedules that may be on the front.</summary>
    public static XElement Front(ReplicatedReport report) => Table(
        ["#trial", "#size", "#validation", "95 % interval", "#on the front", "#dominated by one other", "widths"],
        report.Schedules.Where(s => s.Fact.MayBeOnFront).Select(s => (object?[])
        [
            Show.Count(s.Schedule.Trial), Show.KiB(s.Schedule.Size), Show.Accuracy(s.Schedule.ErrorRate),
            $"{Show.Accuracy(s.Fact.High)} to {Show.Accuracy(s.Fact.Low)}", Show.Percent(s.Fact.OnFront), Show.Percent(s.Fact.Dominated), ReportTables.Widths(s.Schedule.Text),
        ]));

    /// <summary>Whether <see cref="Dominance"/> leaves schedules out.</summary>
    public static bool IsCut(ReplicatedReport report) => report.Schedules.Count > Widest;

    /// <summary>The probability with which each schedule is dominated by each other one.</summary>
    public static XElement Dominance(ReplicatedReport report)
    {
        var shown = Enumerable.Range(0, report.Schedules.Count).OrderByDescending(i => report.Schedules[i].Fact.OnFront).Take(Widest).Order().ToList();
        return Table(
            ["trial", "#size", .. shown.Select(i => $"#by {Name(report.Schedules[i])}")],
            shown.Select(i => (object?[])
            [
                Name(report.Schedules[i]), Show.KiB(report.Schedules[i].Schedule.Size),
                .. shown.Select(by => i == by ? "" : Probability(report.Schedules[i].Fact.DominatedBy[by])),
            ]));
    }

    /// <summary>What finalists lose from validation to test.</summary>
    public static XElement Gaps(StudyReport report) => Table(
        ["#trial", "#loses from validation to test, points", "95 % interval", "#beyond full precision, points", "95 % interval", "widths"],
        report.Gaps.Select(g => (object?[])
        [
            Show.Count(g.Schedule.Trial), Show.Points(g.Gap.Estimate), Ends(g.Gap),
            g.BeyondFull is { } beyond ? Show.Points(beyond.Estimate) : "–", g.BeyondFull is { } interval ? Ends(interval) : "–", ReportTables.Widths(g.Schedule.Text),
        ]));

    private static string Name(ReplicatedSchedule schedule) => schedule.Schedule.Homogeneous is { } label ? $"{schedule.Schedule.Trial} ({label})" : $"{schedule.Schedule.Trial}";

    private static string Probability(double value) => value == 0 ? "0" : value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Ends(BootstrapInterval interval) => $"{Show.Points(interval.Low)} to {Show.Points(interval.High)}";
}
