using BitSearch.Cli.Plans;
using BitSearch.Study;
using BitSearch.Torch.Sensitivity;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using Spectre.Console;

namespace BitSearch.Cli.Studies;

/// <summary>Shows work in progress: bars on a terminal, a line an event elsewhere.</summary>
/// <param name="console">Where to.</param>
internal sealed class ProgressDisplay(IAnsiConsole console)
{
    /// <summary>Shows a study.</summary>
    /// <param name="design">The study.</param>
    /// <param name="work">Does the work and tells of it.</param>
    public Task<T> StudyAsync<T>(PlannedStudy design, Func<Action<StudyEvent>, Task<T>> work) => console.Profile.Capabilities.Interactive
        ? Bars().StartAsync(context => work(StudyBars(context, design)))
        : work(happened => Line(StudyLine(happened, design)));

    /// <summary>Shows a training; nothing is shown before its first step.</summary>
    /// <param name="title">What is trained.</param>
    /// <param name="work">Does the work and tells of it.</param>
    public Task<T> TrainingAsync<T>(string title, Func<Action<TrainingProgress>, Task<T>> work) => console.Profile.Capabilities.Interactive
        ? Bars().StartAsync(context => work(TrainingBar(context, title)))
        : work(happened => Line(TrainingLine(happened, title)));

    /// <summary>Shows a measuring; nothing is shown before its first part.</summary>
    /// <param name="title">What is measured.</param>
    /// <param name="work">Does the work and tells of it.</param>
    public Task<T> MeasuringAsync<T>(string title, Func<Action<MeasuringProgress>, Task<T>> work) => console.Profile.Capabilities.Interactive
        ? Bars().StartAsync(context => work(MeasuringBar(context, title)))
        : work(happened => Line(happened.Done == 1 || Quarter(happened.Done, happened.Parts) > Quarter(happened.Done - 1, happened.Parts)
            ? $"{title}: {happened.Done} of {happened.Parts} parts"
            : null));

    private static int Quarter(int done, int parts) => 4 * done / parts;

    private static Action<MeasuringProgress> MeasuringBar(ProgressContext context, string title)
    {
        ProgressTask? bar = null;
        return happened =>
        {
            bar ??= context.AddTask(Markup.Escape(title), maxValue: happened.Parts);
            bar.Value = happened.Done;
        };
    }

    private static Action<TrainingProgress> TrainingBar(ProgressContext context, string title)
    {
        ProgressTask? bar = null;
        return happened =>
        {
            switch (happened)
            {
                case TrainingProgress.Step step:
                    bar ??= context.AddTask(Markup.Escape(title), maxValue: step.Steps);
                    bar.Value = step.Done;
                    break;
                case TrainingProgress.Epoch epoch when bar is not null:
                    bar.Description = Markup.Escape($"{title}, epoch {epoch.Done}: {100 * (1 - epoch.Validation.ErrorRate):F2} %");
                    break;
            }
        };
    }

    private static string? TrainingLine(TrainingProgress happened, string title) => happened switch
    {
        TrainingProgress.Epoch epoch => FormattableString.Invariant($"{title}, epoch {epoch.Done}: validation accuracy {100 * (1 - epoch.Validation.ErrorRate):F2} %"),
        _ => null,
    };

    private static Action<StudyEvent> StudyBars(ProgressContext context, PlannedStudy design)
    {
        var trials = context.AddTask("trials");
        var (free, busy) = (new Stack<ProgressTask>(), new Dictionary<int, ProgressTask>());
        return happened =>
        {
            switch (happened)
            {
                case StudyEvent.Started e:
                    (trials.MaxValue, trials.Value) = (Math.Max(1, e.Planned), e.Resumed);
                    break;
                case StudyEvent.TrialStarted { Trial: var t }:
                    var steps = busy[t.Number] = free.TryPop(out var idle) ? idle : context.AddTask("");
                    (steps.Description, steps.Value) = (Markup.Escape($"{t.Arm} {Short(design, t)}"), 0);
                    break;
                case StudyEvent.StepFinished e:
                    (busy[e.Number].MaxValue, busy[e.Number].Value) = (e.Steps, e.Step);
                    break;
                case StudyEvent.TrialFinished { Trial.Number: var number }:
                    trials.Increment(1);
                    busy.Remove(number, out var done);
                    free.Push(done!);
                    break;
                case StudyEvent.Finished:
                    trials.Value = trials.MaxValue;
                    foreach (var bar in free)
                    {
                        (bar.Value, bar.Description) = (bar.MaxValue, "done");
                    }

                    break;
            }
        };
    }

    private static string? StudyLine(StudyEvent happened, PlannedStudy design) => happened switch
    {
        StudyEvent.Started e => $"{e.Planned} trials planned, {e.Resumed} finished before",
        StudyEvent.TrialFinished { Trial: var t } => FormattableString.Invariant($"trial {t.Number} {t.Arm} {Short(design, t)} {t.Artifact.Bytes} bytes: {Words(t)}"),
        StudyEvent.ArmExhausted e => $"arm {e.Arm} has nothing left to propose after {e.Trials} schedules",
        StudyEvent.PruningStopped e => FormattableString.Invariant($"rung {e.Rung} prunes no more: Kendall tau with the next rung {e.Measured.Tau:F2} [{e.Measured.Low:F2}, {e.Measured.High:F2}], at least {e.Threshold} is asked for"),
        StudyEvent.Stopped e => $"stopped: {e.Reason}",
        _ => null,
    };

    private static string Short(PlannedStudy design, Trial trial) => design.Arms[0].Space.Describe(trial.Schedule);

    private static string Words(Trial trial) => trial.Outcome switch
    {
        TrialOutcome.Completed when trial.CopyOf is { } original => $"the same as trial {original}",
        TrialOutcome.Completed o => FormattableString.Invariant($"validation accuracy {100 * (1 - o.ErrorRate):F2} % in {o.Duration.TotalSeconds:F1} s"),
        TrialOutcome.Pruned o => $"pruned, {o.Reason}",
        TrialOutcome.Failed o => $"failed, {o.Reason}",
        _ => "running",
    };

    private Progress Bars() => console.Progress().Columns(
        new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn());

    private void Line(string? text)
    {
        if (text is not null)
        {
            console.Profile.Out.Writer.WriteLine(text);
        }
    }
}
