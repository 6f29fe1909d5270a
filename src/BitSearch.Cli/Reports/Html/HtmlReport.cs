using BitSearch.Reports;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary><c>report.html</c>: the whole study on one page that needs nothing but itself; the answer comes first.</summary>
[Component("report-html")]
internal sealed class HtmlReport : IReportWriter
{
    /// <inheritdoc/>
    public string FileName => "report.html";

    /// <inheritdoc/>
    public void Write(StudyReport report, Stream output) => Html.Write(Document($"{report.Plan.Name} – BitSearch", Body(report)), output);

    private static IEnumerable<object?> Body(StudyReport report) =>
    [
        Tag("h1", report.Plan.Name),
        Tag("p", Class("soft"), $"{report.Network.Name} on {report.Plan.Data.Name}, weights by {report.Plan.Quantizer.Weights}; {Counts(report)}."),
        Tag("div", Class("answer"), Answer.Sentences(report).Chunk(2).Select(s => Tag("p", string.Join(' ', s)))),
        Section("Accuracy over size", FrontSvg.Of(report)),
        Section("The best under each budget", ReportTables.Budgets(report)),
        Section("Bits per layer", HeatMapSvg.Of(report)),
        Section("What the chosen file consists of", SizeBar.Of(report)),
        Section(
            "Finalists on the test images",
            Tag("p", Class("note"), "Validation errors picked these schedules; the search saw no test image. The test accuracy is the first repeat's. Intervals (Wilson, 95 %) reflect the number of images, not the seed."),
            ReportTables.Finalists(report),
            report.Gaps.Count == 0 ? null : Tag("p", Class("note"), "From validation, by which schedules are chosen, to test, over the repeats. Two sets of images differ in difficulty, which full precision shows too; what goes beyond its gap hints at what the choice flattered. Intervals are over seeds on the same images: the images' own chance is not in them."),
            report.Gaps.Count == 0 ? null : ReplicatedTables.Gaps(report)),
        report.Replicated is not { } replicated ? null : Section(
            "The front with intervals",
            Tag("p", Class("note"), Optimism(replicated)),
            ReplicatedTables.Front(replicated),
            Tag("p", Class("note"), $"How often a replicated schedule, down the rows, is dominated by another one, along the columns.{(ReplicatedTables.IsCut(replicated) ? $" The {ReplicatedTables.Widest} that are most often on the front; report.json has all." : "")}"),
            ReplicatedTables.Dominance(replicated)),
        CurvesSvg.Of(report) is not { } curves ? null : Section("Learning curves", curves),
        Section(
            "Beside homogeneous schedules",
            Tag("p", Class("note"), "By mean validation accuracy of the trials in this study: what was found, not a test of significance. Mixed schedules were tried in larger numbers than homogeneous ones, which favours the best of them."),
            ReportTables.Homogeneous(report)),
        report.Rungs.Count == 0 ? null : Section(
            "The ladder",
            Tag("p", Class("note"), "Kendall's tau says how a rung orders schedules as the next one does, with a bootstrap interval (95 %), over the trials that have both scores; 1 is alike, 0 is chance. Those trials climbed, so they spread less than all."),
            ReportTables.Rungs(report)),
        Section("Arms", ReportTables.Arms(report), HypervolumeSvg.Of(report)),
        Section("All trials", Tag("p", Class("note"), "A click on a head sorts. Widths are those of the weights along depth, a4x3 those of three activations."), ReportTables.Trials(report)),
        Section("How it was measured", Measured.List(report)),
    ];

    private static string Optimism(ReplicatedReport report) => $"Resampling the {report.Repeats} repeats: the schedules that no single other one beats with 95 % probability at the same size or below. "
        + (report.Optimism is not { } o ? "Too few repeats tell what selection flatters itself by."
            : $"A schedule chosen by all repeats but one loses {Show.Points(o.Estimate)} points in that one [{Show.Points(o.Low)}, {Show.Points(o.High)}]: the gap between the score at selection and a held-out one.");

    private static string Counts(StudyReport report)
    {
        var trials = report.Trials.ToList();
        var failed = report.Arms.Sum(a => a.Failed);
        var pruned = report.Arms.Sum(a => a.Pruned);
        var running = trials.Count(t => t.Outcome is null);
        var parts = new[]
        {
            Show.Count(trials.Count, "trial"),
            Show.Count(report.Schedules.Count, "schedule") + " completed",
            failed > 0 ? $"{Show.Count(failed)} failed" : "",
            pruned > 0 ? $"{Show.Count(pruned)} pruned" : "",
            running > 0 ? $"{Show.Count(running)} not ended" : "",
        };
        return string.Join(", ", parts.Where(p => p.Length > 0));
    }
}
