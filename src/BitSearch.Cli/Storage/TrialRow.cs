using System.Text.Json;
using System.Text.Json.Serialization;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Cli.Storage;

/// <summary>A trial as a row of the database. Setters, because SQLite's numbers are 64-bit and Dapper matches constructors exactly.</summary>
internal sealed class TrialRow
{
    // NaN and infinities have no place in JSON or in SQLite's columns, which would make nulls of them.
    private static readonly JsonSerializerOptions Named = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public long Number { get; set; }

    public string Arm { get; set; } = "";

    public string Schedule { get; set; } = "";

    public long Repeat { get; set; }

    public long? CopyOf { get; set; }

    public long ArtifactBits { get; set; }

    public long WeightsBits { get; set; }

    public string? Outcome { get; set; }

    public double? ErrorRate { get; set; }

    public double? Loss { get; set; }

    public string? Curve { get; set; }

    public string? Reason { get; set; }

    public long? DurationMs { get; set; }

    public long? WarmStart { get; set; }

    public string? Rungs { get; set; }

    public string? Proposed { get; set; }

    /// <summary>The row of a trial.</summary>
    public static TrialRow Of(Trial trial) => new()
    {
        Number = trial.Number,
        Arm = trial.Arm,
        Schedule = trial.Schedule.ToString(),
        Repeat = trial.Repeat,
        CopyOf = trial.CopyOf,
        ArtifactBits = trial.Artifact.Bits,
        WeightsBits = trial.Weights.Bits,
        Outcome = trial.Outcome switch
        {
            null => null,
            TrialOutcome.Completed => "completed",
            TrialOutcome.Pruned => "pruned",
            _ => "failed",
        },
        ErrorRate = trial.Completed?.ErrorRate,
        Loss = trial.Completed?.Loss,
        Curve = trial.Completed is { } completed ? JsonSerializer.Serialize(completed.Curve.ToArray(), Named) : null,
        Rungs = trial.Outcome is { Rungs.Count: > 0 } climbed ? JsonSerializer.Serialize(climbed.Rungs.ToArray(), Named) : null,
        WarmStart = trial.WarmStart,
        Proposed = trial.Proposed?.ToString(),
        Reason = trial.Outcome switch
        {
            TrialOutcome.Pruned pruned => pruned.Reason,
            TrialOutcome.Failed failed => failed.Reason,
            _ => null,
        },
        DurationMs = trial.Outcome is { } outcome ? (long)Math.Round(outcome.Duration.TotalMilliseconds) : null,
    };

    /// <summary>The trial of the row.</summary>
    /// <exception cref="FormatException">The row was not written by us.</exception>
    public Trial ToTrial() => new((int)Number, Arm, Space.Schedule.Parse(Schedule), (int)Repeat, ToOutcome())
    {
        CopyOf = (int?)CopyOf,
        WarmStart = (int?)WarmStart,
        Proposed = Proposed is null ? null : Space.Schedule.Parse(Proposed),
        Artifact = new MemorySize(ArtifactBits),
        Weights = new MemorySize(WeightsBits),
    };

    private TrialOutcome? ToOutcome()
    {
        TrialOutcome? outcome = Outcome switch
        {
            null => null,
            "completed" => new TrialOutcome.Completed(ErrorRate ?? double.NaN, Loss ?? double.NaN)
            {
                Curve = Doubles(Curve),
            },
            "pruned" => new TrialOutcome.Pruned(Reason ?? ""),
            "failed" => new TrialOutcome.Failed(Reason ?? ""),
            _ => throw new FormatException($"'{Outcome}' is no outcome"),
        };
        return outcome is null ? null : outcome with { Duration = TimeSpan.FromMilliseconds(DurationMs ?? 0), Rungs = Doubles(Rungs) };
    }

    private static EquatableArray<double> Doubles(string? json) =>
        (JsonSerializer.Deserialize<double[]>(json ?? "[]", Named) ?? []).ToEquatableArray();
}
