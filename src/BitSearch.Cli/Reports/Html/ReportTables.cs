using System.Globalization;
using System.Xml.Linq;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Trials;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>The page's tables.</summary>
internal static class ReportTables
{
    /// <summary>The best under each budget.</summary>
    public static XElement Budgets(StudyReport report) => Table(
        ["budget", "best", "#size", "#validation", "best homogeneous", "#size", "#validation"],
        report.Answers.Select(a => (object?[])
        [
            Show.Budget(a.Budget),
            a.Best is { } best ? Name(best) : "none fits", a.Best is { } b ? Show.KiB(b.Size) : "–", a.Best is { } s ? Show.Accuracy(s.ErrorRate) : "–",
            a.BestHomogeneous?.Homogeneous ?? "none fits", a.BestHomogeneous is { } h ? Show.KiB(h.Size) : "–", a.BestHomogeneous is { } e ? Show.Accuracy(e.ErrorRate) : "–",
        ]));

    /// <summary>The homogeneous schedules beside mixed ones.</summary>
    public static XElement Homogeneous(StudyReport report) => Table(
        ["homogeneous", "#size", "#validation", "smallest mixed one, no less accurate", "#saves", "most accurate mixed one, no larger", "#gains"],
        report.Homogeneous.Select(c => (object?[])
        [
            c.Homogeneous.Homogeneous, Show.KiB(c.Homogeneous.Size), Show.Accuracy(c.Homogeneous.ErrorRate),
            Beside(c.Smaller), c.Smaller is null ? "–" : Show.Percent(c.Saved),
            Beside(c.Better), c.Better is { } better ? $"{(100 * (c.Homogeneous.ErrorRate - better.ErrorRate)).ToString("F2", CultureInfo.InvariantCulture)} points" : "–",
        ]));

    /// <summary>The finalists and their test readings.</summary>
    public static XElement Finalists(StudyReport report) => Table(
        ["#trial", "why", "#size", "#validation", "#test, first repeat", "95 % interval, test", "widths"],
        report.Finalists.Select(f => (object?[])
        [
            Show.Count(f.Schedule.Trial), string.Join("; ", f.Reasons), Show.KiB(f.Schedule.Size), Show.Accuracy(f.Schedule.ErrorRate),
            Show.Test(f.Schedule.Test), f.Schedule.TestInterval is { } interval ? Show.Accuracy(interval) : "not read", Widths(f.Schedule.Text),
        ]));

    /// <summary>The ladder's rungs.</summary>
    public static XElement Rungs(StudyReport report) => Table(
        ["rung", "next", "#reached", "#pruned", "#pairs", "#Kendall tau", "95 % interval", "pruning"],
        report.Rungs.Select(r => (object?[])
        [
            r.Name, r.Next, Show.Count(r.Reached), Show.Count(r.Pruned), Show.Count(r.Agreement.Pairs), Show.Signed(r.Agreement.Tau),
            double.IsNaN(r.Agreement.Tau) ? "–" : $"{Show.Signed(r.Agreement.Low)} to {Show.Signed(r.Agreement.High)}",
            r.StoppedAt is { } trial ? $"stopped at trial {trial}: the lower end fell under {Show.Signed(report.Plan.Ladder!.Tau)}" : "went on",
        ]));

    /// <summary>The arms.</summary>
    public static XElement Arms(StudyReport report) => Table(
        ["arm", "searches", "#trials", "of these", "#repaired", "best within the budget", "#validation", "#hypervolume", "#time"],
        report.Arms.Select(a => (object?[])
        [
            a.Name, a.Plan is { } plan ? $"{plan.Pattern.Name()}, {(plan.Schedules.Count > 0 ? "given" : plan.Proposer)}" : "–", Show.Count(a.Trials), Fates(a), Repairs(a),
            a.Best is { } best ? $"{Name(best)}, {Show.KiB(best.Size)}" : "–", a.Best is { } b ? Show.Accuracy(b.ErrorRate) : "–",
            a.Hypervolume.ToString("F4", CultureInfo.InvariantCulture), Show.Time(a.Time),
        ]));

    /// <summary>All trials, sortable by each column.</summary>
    public static XElement Trials(StudyReport report)
    {
        var known = report.Schedules.ToDictionary(s => s.Schedule);
        var table = Table(
            ["#trial", "arm", "#repeat", "#KiB", "#validation, %", "#loss", "outcome", "#seconds", "widths"],
            report.Trials.Select(t => (object?[])
            [
                Key(t.Number), t.Arm, Key(t.Repeat), Key(t.Artifact.KiB, "N1"),
                t.Completed is { } c ? Key(100 * (1 - c.ErrorRate), "F2") : "", t.Completed is { } l && double.IsFinite(l.Loss) ? Key(l.Loss, "F4") : "",
                Outcome(t, known.GetValueOrDefault(t.Schedule)), t.Outcome is { } o && t.CopyOf is null ? Key(o.Duration.TotalSeconds, "F1") : "",
                Widths(ScheduleText.Of(report.Network, t.Schedule)),
            ]),
            Class("sortable"));
        foreach (var (row, trial) in table.Descendants("tbody").Single().Elements().Zip(report.Trials))
        {
            row.Add(trial.Number == report.Chosen?.Trial ? Class("chosen") : null);
        }

        return table;
    }

    private static string Fates(ArmReport arm)
    {
        var fates = new[] { (arm.Completed, "completed"), (arm.Copies, "copied"), (arm.Pruned, "pruned"), (arm.Failed, "failed") };
        return string.Join(", ", fates.Where(f => f.Item1 > 0).Select(f => $"{Show.Count(f.Item1)} {f.Item2}"));
    }

    private static string Repairs(ArmReport arm) => arm.RepairDepth is { } depth
        ? string.Create(CultureInfo.InvariantCulture, $"{Show.Count(arm.Repaired)}, at {depth:P0} of the depth")
        : "0";

    private static string Outcome(Trial trial, ReportedSchedule? schedule)
    {
        var front = schedule is { OnFront: true } && schedule.Trial == trial.Number ? ", on the front" : "";
        var copy = trial.CopyOf is { } number ? $", copy of {number}" : "";
        var reason = TrialWords.Reason(trial.Outcome) is { } why ? $": {why}" : "";
        return TrialWords.Outcome(trial.Outcome) + reason + copy + front;
    }

    private static string Name(ReportedSchedule schedule) =>
        schedule.Homogeneous is { } label ? $"trial {schedule.Trial} ({label})" : $"trial {schedule.Trial}";

    private static string Beside(ReportedSchedule? schedule) =>
        schedule is null ? "none tried" : $"trial {schedule.Trial}: {Show.KiB(schedule.Size)}, {Show.Accuracy(schedule.ErrorRate)}";

    /// <summary>Widths in a cell of their own style.</summary>
    public static XElement Widths(string text) => Tag("td", Class("schedule"), text);

    private static XElement Key(int number) => Tag("td", At("data-key", number), number.ToString(CultureInfo.InvariantCulture));

    private static XElement Key(double value, string format) =>
        Tag("td", new XAttribute("data-key", value.ToString("R", CultureInfo.InvariantCulture)), value.ToString(format, CultureInfo.InvariantCulture));
}
