using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>
/// <c>report.json</c>: the whole report for programs. Keys in a fixed order; schedules are referred to by the number of
/// their first trial; sizes in bytes, rates 0..1, times in seconds; what is unknown or not finite is null.
/// </summary>
[Component("report-json")]
public sealed class ReportJson : IReportWriter
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string FileName => "report.json";

    /// <inheritdoc/>
    public void Write(StudyReport report, Stream output)
    {
        using (var writer = new Utf8JsonWriter(output, Layout))
        {
            Document(report).WriteTo(writer);
        }

        output.WriteByte((byte)'\n');
    }

    private static JsonObject Document(StudyReport report) => new()
    {
        ["format"] = 1,
        ["study"] = report.Plan.Name,
        ["seed"] = report.Plan.Seed,
        ["network"] = report.Network.Name,
        ["data"] = report.Plan.Data.Name,
        ["validationImages"] = report.Facts.ValidationImages,
        ["fullPrecisionBytes"] = report.FullPrecisionArtifact.Bytes,
        ["reference"] = new JsonObject { ["bytes"] = Bytes(report.Reference.Size), ["errorRate"] = report.Reference.ErrorRate },
        ["hypervolume"] = report.Hypervolume,
        ["chosen"] = report.Chosen?.Trial,
        ["knee"] = report.Knee?.Trial,
        ["front"] = Numbers(report.Front),
        ["budgets"] = Array(report.Answers, Budget),
        ["arms"] = Array(report.Arms, Arm),
        ["homogeneous"] = Array(report.Homogeneous, Comparison),
        ["finalists"] = Array(report.Finalists, Finalist),
        ["selectionGaps"] = Array(report.Gaps, ReplicatedJson.Gap),
        ["chosenLedger"] = report.ChosenLedger is { } ledger ? Array(ledger.Entries, Entry) : null,
        ["sharedSeconds"] = report.Facts.Provenance.SharedSeconds,
        ["rungs"] = Array(report.Rungs, Rung),
        ["replicated"] = report.Replicated is { } replicated ? ReplicatedJson.Of(replicated) : null,
        ["points"] = Array(report.Network.Points, Point),
        ["schedules"] = Array(report.Schedules, Schedule),
        ["trials"] = Array(report.Trials, t => Trial(t, report.Facts.Tests.GetValueOrDefault(t.Number))),
    };

    private static JsonObject Budget(BudgetAnswer answer) => new()
    {
        ["text"] = answer.Budget.Text,
        ["of"] = answer.Budget.Budget.Of.ToString().ToLowerInvariant(),
        ["bytes"] = Bytes(answer.Budget.Budget.Limit),
        ["best"] = answer.Best?.Trial,
        ["bestHomogeneous"] = answer.BestHomogeneous?.Trial,
    };

    private static JsonObject Arm(ArmReport arm) => new()
    {
        ["name"] = arm.Name,
        ["pattern"] = arm.Plan?.Pattern.Name(),
        ["proposer"] = arm.Plan?.Proposer,
        ["trials"] = arm.Trials,
        ["completed"] = arm.Completed,
        ["pruned"] = arm.Pruned,
        ["failed"] = arm.Failed,
        ["copies"] = arm.Copies,
        ["repaired"] = arm.Repaired,
        ["repairDepth"] = arm.RepairDepth is { } depth ? Finite(depth) : null,
        ["seconds"] = Seconds(arm.Time),
        ["best"] = arm.Best?.Trial,
        ["front"] = Numbers(arm.Front),
        ["hypervolumeBySchedule"] = Array(arm.HypervolumeBySchedule, v => Finite(v)),
    };

    private static JsonObject Comparison(HomogeneousComparison comparison) => new()
    {
        ["label"] = comparison.Homogeneous.Homogeneous,
        ["homogeneous"] = comparison.Homogeneous.Trial,
        ["smallerAtItsError"] = comparison.Smaller?.Trial,
        ["saved"] = comparison.Saved,
        ["betterAtItsSize"] = comparison.Better?.Trial,
    };

    private static JsonObject Finalist(Finalist finalist) => new()
    {
        ["trial"] = finalist.Schedule.Trial,
        ["reasons"] = Array(finalist.Reasons, r => JsonValue.Create(r)),
        ["testCorrect"] = finalist.Schedule.Test?.Correct,
        ["testCount"] = finalist.Schedule.Test?.Count,
        ["testErrorRate"] = finalist.Schedule.TestErrorRate,
        ["interval95"] = Interval(finalist.Schedule.TestInterval),
    };

    private static JsonObject Rung(RungReport rung) => new()
    {
        ["rung"] = rung.Name,
        ["next"] = rung.Next,
        ["pruned"] = rung.Pruned,
        ["pairs"] = rung.Agreement.Pairs,
        ["kendallTau"] = Finite(rung.Agreement.Tau),
        ["interval95"] = new JsonArray(Finite(rung.Agreement.Low), Finite(rung.Agreement.High)),
        ["pruningStoppedAt"] = rung.StoppedAt,
    };

    private static JsonObject Entry(LedgerEntry entry) => new()
    {
        ["layer"] = entry.Layer,
        ["kind"] = entry.Kind.ToString().ToLowerInvariant(),
        ["bytes"] = entry.Size.Bytes,
    };

    private static JsonObject Point(QuantizationPoint point) => new()
    {
        ["name"] = point.Name,
        ["layer"] = point.Layer,
        ["kind"] = point.Kind.ToString().ToLowerInvariant(),
        ["elements"] = point.Elements,
        ["macs"] = point.Macs,
    };

    private static JsonObject Schedule(ReportedSchedule schedule) => new()
    {
        ["trial"] = schedule.Trial,
        ["schedule"] = schedule.Schedule.ToString(),
        ["display"] = schedule.Text,
        ["homogeneous"] = schedule.Homogeneous,
        ["arms"] = Array(schedule.Arms, a => JsonValue.Create(a)),
        ["bytes"] = schedule.Artifact.Bytes,
        ["weightBytes"] = schedule.Weights.Bytes,
        ["meanBits"] = Finite(schedule.MeanBits),
        ["repeats"] = schedule.Score.Repeats,
        ["errorRate"] = Finite(schedule.ErrorRate),
        ["spread"] = Finite(schedule.Score.ErrorRateSpread),
        ["interval95"] = Interval(schedule.ValidationInterval),
        ["onFront"] = schedule.OnFront,
        ["withinBudget"] = schedule.WithinBudget,
    };

    private static JsonObject Trial(Trial trial, TestScore? test) => new()
    {
        ["number"] = trial.Number,
        ["arm"] = trial.Arm,
        ["repeat"] = trial.Repeat,
        ["schedule"] = trial.Schedule.ToString(),
        ["outcome"] = TrialWords.Outcome(trial.Outcome),
        ["errorRate"] = trial.Completed is { } scored ? Finite(scored.ErrorRate) : null,
        ["loss"] = trial.Completed is { } completed ? Finite(completed.Loss) : null,
        ["curve"] = trial.Completed is { } trained ? Array(trained.Curve, e => Finite(e)) : null,
        ["testCorrect"] = test?.Correct,
        ["testCount"] = test?.Count,
        ["reason"] = TrialWords.Reason(trial.Outcome),
        ["copyOf"] = trial.CopyOf,
        ["warmStart"] = trial.WarmStart,
        ["proposed"] = trial.Proposed?.ToString(),
        ["rungs"] = trial.Outcome is { } climbed ? Array(climbed.Rungs, r => Finite(r)) : null,
        ["seconds"] = trial.Outcome is { } outcome ? Seconds(outcome.Duration) : null,
    };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);

    private static JsonArray Numbers(IEnumerable<ReportedSchedule> schedules) => Array(schedules, s => JsonValue.Create(s.Trial));

    private static JsonValue? Bytes(MemorySize size) => size == MemorySize.Unlimited ? null : JsonValue.Create(size.Bytes);

    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    private static JsonArray? Interval(WilsonInterval? interval) => interval is { } i ? new JsonArray(i.Low, i.High) : null;
}
