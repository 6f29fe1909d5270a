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

    /// <summary>
    /// Reads the trials back: number, arm, repeat, schedule, sizes and outcome. Curves, rungs and durations are not taken along.
    /// </summary>
    /// <param name="text">What <see cref="Text"/> gave.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="PlanException">It was not written by us; with its line.</exception>
    public static IReadOnlyList<Trial> Read(string text, string name) => CsvRecords.Rows(
        text, name, "this is no trial", "a trials.csv, as a report writes it", cells => TrialOf(Columns.Zip(cells).ToDictionary(c => c.First, c => c.Second)));

    private static Trial TrialOf(Dictionary<string, string> cells)
    {
        TrialOutcome? outcome = cells["outcome"] switch
        {
            "completed" => new TrialOutcome.Completed(Double("validation_error"), Double("loss")),
            "pruned" => new TrialOutcome.Pruned(cells["reason"]),
            "failed" => new TrialOutcome.Failed(cells["reason"]),
            _ => null,
        };
        return new Trial(Whole("number"), cells["arm"], Schedule.Parse(cells["schedule"]), Whole("repeat"), outcome)
        {
            Artifact = MemorySize.FromBytes(Whole("bytes")),
            Weights = MemorySize.FromBytes(Whole("weight_bytes")),
            CopyOf = cells["copy_of"].Length == 0 ? null : Whole("copy_of"),
        };

        int Whole(string column) => int.Parse(cells[column], NumberStyles.None, CultureInfo.InvariantCulture);
        double Double(string column) => double.Parse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

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
