using BitSearch.Reports;

namespace BitSearch.Cli.Reports;

/// <summary>The study's answer in sentences, for the page and the console. States what was measured and no more.</summary>
internal static class Answer
{
    /// <summary>Two to five sentences: what was chosen, its size and accuracy, and what stands beside it.</summary>
    public static IReadOnlyList<string> Sentences(StudyReport report)
    {
        if (report.Chosen is not { } chosen)
        {
            return [report.Schedules.Count == 0
                ? "No trial has completed, so there is no answer yet."
                : $"None of the {Show.Count(report.Schedules.Count, "schedule")} tried keeps the budget of {Show.Budget(report.Answers[0].Budget)}."];
        }

        return [.. new[] { Choice(report, chosen), Scores(report, chosen), Float(report, chosen), Homogeneous(report, chosen), Repeats(report, chosen) }.OfType<string>()];
    }

    private static string Choice(StudyReport report, ReportedSchedule chosen)
    {
        var within = report.Schedules.Count(s => s.WithinBudget);
        var limit = report.Answers[0].Budget.IsLimited ? $" within {Show.Budget(report.Answers[0].Budget)}" : "";
        return $"Of the {Show.Count(within, "schedule")} tried{limit}, trial {chosen.Trial} ({chosen.Text}) has the fewest validation errors, "
            + $"in {Show.KiB(chosen.Size)} ({Show.Measure(report.Plan.Budget.Of)}).";
    }

    private static string Scores(StudyReport report, ReportedSchedule chosen)
    {
        var validation = chosen.ValidationInterval is { } v
            ? $"{Show.Accuracy(chosen.ErrorRate)} of {Show.Count(report.Facts.ValidationImages ?? 0)} validation images (95 % interval {Show.Accuracy(v)})"
            : $"{Show.Accuracy(chosen.ErrorRate)} of the validation images";
        return chosen is { Test: { } test, TestInterval: { } t }
            ? $"It classifies {Show.Test(test)} of {Show.Count(test.Count)} test images correctly (95 % interval {Show.Accuracy(t)}), which had no part in choosing it, and {validation}, which chose it."
            : $"It classifies {validation} correctly; these images chose it, and the test images have not been read.";
    }

    private static string? Float(StudyReport report, ReportedSchedule chosen)
    {
        if (chosen.IsFullPrecision)
        {
            return "It is the full-precision network itself.";
        }

        var times = Math.Round((double)report.FullPrecisionArtifact.Bits / chosen.Artifact.Bits, 1);
        var scores = report.FullPrecision is { } full ? $", and gets {Both(full)} after the same training" : "";
        return $"The full-precision file takes {Show.KiB(report.FullPrecisionArtifact)}, {times} times as much as this one's {Show.KiB(chosen.Artifact)}{scores}.";
    }

    private static string? Homogeneous(StudyReport report, ReportedSchedule chosen)
    {
        if (chosen.IsFullPrecision)
        {
            return null;
        }

        if (chosen.Homogeneous is { } label)
        {
            return $"It is homogeneous ({label}): no mixed schedule tried within the budget has fewer validation errors.";
        }

        if (report.Answers[0].BestHomogeneous is not { } best)
        {
            return "No homogeneous schedule tried fits this budget.";
        }

        var overlap = chosen.ValidationInterval is { } a && best.ValidationInterval is { } b && a.Low <= b.High && b.Low <= a.High
            ? " The validation intervals overlap: chance alone could make such a difference." : "";
        return $"The best homogeneous schedule within the budget, {best.Homogeneous}, takes {Show.KiB(best.Size)} and gets {Both(best)}.{overlap}";
    }

    private static string Repeats(StudyReport report, ReportedSchedule chosen) => chosen.Score.Repeats == 1
        ? "Each schedule was trained once here; another seed gives other numbers."
        : $"Validation figures are means over {chosen.Score.Repeats} seeds of {report.Plan.Repeats} planned; the chosen one's spread over them is {Show.Percent(chosen.Score.ErrorRateSpread)}.";

    private static string Both(ReportedSchedule schedule) => schedule.Test is null
        ? $"{Show.Accuracy(schedule.ErrorRate)} on validation"
        : $"{Show.Test(schedule.Test)} on test ({Show.Accuracy(schedule.ErrorRate)} on validation)";
}
