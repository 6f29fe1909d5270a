using System.Globalization;
using System.Text;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>
/// <c>trials.csv</c>: one line a trial in number order, RFC 4180 (comma, CRLF, UTF-8), invariant numbers that read back
/// exactly; what does not apply is empty. Seconds come last, so that all else compares by cutting one column.
/// </summary>
[Component("trials-csv")]
public sealed class TrialsCsv : IReportWriter
{
    /// <summary>The names of the columns.</summary>
    public static EquatableArray<string> Columns { get; } =
    [
        "number", "arm", "repeat", "schedule", "display", "bytes", "weight_bytes", "outcome", "validation_error", "loss",
        "reason", "copy_of", "warm_start", "rungs", "proposed", "seconds",
    ];

    /// <inheritdoc/>
    public string FileName => "trials.csv";

    /// <inheritdoc/>
    public void Write(StudyReport report, Stream output) => output.Write(Encoding.UTF8.GetBytes(Text(report.Trials, report.Network)));

    /// <summary>The text.</summary>
    /// <param name="trials">In number order.</param>
    /// <param name="network">What they are of.</param>
    public static string Text(IEnumerable<Trial> trials, NetworkDescription network) => trials
        .Select(trial => Cells(trial, ScheduleText.Of(network, trial.Schedule)))
        .Aggregate(new StringBuilder().AppendCells(Columns), (text, cells) => text.AppendCells(cells)).ToString();

    private static string[] Cells(Trial trial, string display) =>
    [
        Number(trial.Number),
        trial.Arm,
        Number(trial.Repeat),
        trial.Schedule.ToString(),
        display,
        Number(trial.Artifact.Bytes),
        Number(trial.Weights.Bytes),
        TrialWords.Outcome(trial.Outcome),
        trial.Completed is { } completed ? Number(completed.ErrorRate) : "",
        trial.Completed is { } scored ? Number(scored.Loss) : "",
        TrialWords.Reason(trial.Outcome) ?? "",
        trial.CopyOf is { } copy ? Number(copy) : "",
        trial.WarmStart is { } start ? Number(start) : "",
        string.Join(' ', trial.Outcome?.Rungs.Select(r => Number(r)) ?? []),
        trial.Proposed?.ToString() ?? "",
        trial.Outcome is { } outcome ? outcome.Duration.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture) : "",
    ];

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
