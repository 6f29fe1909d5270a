using BitSearch.Study;
using BitSearch.Trials;
using Serilog;

namespace BitSearch.Cli.Studies;

/// <summary>Turns study events into log lines with named properties.</summary>
internal static class StudyLog
{
    /// <summary>Writes one event; steps are for debugging.</summary>
    public static void Write(ILogger log, StudyEvent happened)
    {
        switch (happened)
        {
            case StudyEvent.Started e:
                log.Information("Study started: {Planned} trials planned, {Resumed} finished before", e.Planned, e.Resumed);
                break;
            case StudyEvent.TrialStarted { Trial: var t }:
                log.Information("Trial {Number} of arm {Arm} started: {Schedule}, repeat {Repeat}, {Bytes} bytes", t.Number, t.Arm, t.Schedule.ToString(), t.Repeat, t.Artifact.Bytes);
                break;
            case StudyEvent.StepFinished e:
                log.Debug("Trial {Number}, step {Step} of {Steps}: loss {Loss:F4}", e.Number, e.Step, e.Steps, e.Loss);
                break;
            case StudyEvent.EpochFinished e:
                log.Information("Trial {Number}, epoch {Epoch}: validation error {ErrorRate:F4}", e.Number, e.Epoch, e.ErrorRate);
                break;
            case StudyEvent.TrialFinished { Trial: var t }:
                Finished(log, t);
                break;
            case StudyEvent.RungReached e:
                log.Information("Trial {Number} at rung {Rung}: {Score:F4}", e.Number, e.Rung, e.Score);
                break;
            case StudyEvent.PruningStopped e:
                log.Warning("Rung {Rung} prunes no more: its Kendall tau with the next is {Tau:F2} ({Low:F2} to {High:F2}), which should be at least {Threshold}", e.Rung, e.Measured.Tau, e.Measured.Low, e.Measured.High, e.Threshold);
                break;
            case StudyEvent.ArmExhausted e:
                log.Information("Arm {Arm} has nothing left to propose after {Trials} schedules", e.Arm, e.Trials);
                break;
            case StudyEvent.Stopped e:
                log.Error("Study stopped: {Reason}", e.Reason);
                break;
            case StudyEvent.Finished e:
                log.Information("Study finished with {Trials} trials", e.Trials);
                break;
        }
    }

    private static void Finished(ILogger log, Trial trial)
    {
        switch (trial.Outcome)
        {
            case TrialOutcome.Completed o:
                log.Information("Trial {Number} completed: validation error {ErrorRate:F4}, loss {Loss:F4}, {Seconds:F1} s", trial.Number, o.ErrorRate, o.Loss, o.Duration.TotalSeconds);
                break;
            case TrialOutcome.Pruned o:
                log.Information("Trial {Number} pruned: {Reason}", trial.Number, o.Reason);
                break;
            case TrialOutcome.Failed o:
                log.Warning("Trial {Number} failed: {Reason}", trial.Number, o.Reason);
                break;
        }
    }
}
