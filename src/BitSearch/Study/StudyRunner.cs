using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Study;

/// <summary>
/// The loop of a study: what <see cref="TrialQueue"/> says is next begins as soon as a worker is free, and what ends is kept.
/// A study that died anywhere goes on as if it had not.
/// </summary>
/// <param name="plan">The plan; its arms are <paramref name="arms"/>.</param>
/// <param name="arms">The arms, at least one, all of the same network.</param>
/// <param name="baselines">Schedules to compare with, evaluated first, see <see cref="Baselines"/>.</param>
/// <param name="store">Where trials are kept.</param>
/// <param name="evaluator">Turns schedules into scores; asked from several threads at once when there are several workers.</param>
/// <param name="report">Hears of every step, one at a time, from any thread.</param>
/// <param name="workers">How many trials run at once, at least 1; the results are the same.</param>
public sealed class StudyRunner(
    StudyPlan plan,
    IReadOnlyList<StudyArm> arms,
    IReadOnlyList<Schedule> baselines,
    ITrialStore store,
    IEvaluator evaluator,
    Action<StudyEvent> report,
    int workers = 1)
{
    /// <summary>So many failures in a row, by number, stop a study. Copies do not count.</summary>
    public const int FailuresThatStop = 3;

    private readonly Lock _telling = new();
    private readonly Ladder? _ladder = plan.Ladder is { } ladder ? new Ladder(ladder, plan.Budget.Of, new Seed(plan.Seed)) : null;
    private readonly HashSet<int> _stopped = [];

    /// <summary>Trials that the study's design chose itself, evaluated after the baselines; none by default.</summary>
    public IReadOnlyList<GivenTrial> Given { get; init; } = [];

    /// <summary>
    /// What every study contains: full precision everywhere, then the homogeneous schedule of every width of the arms'
    /// spaces, widest first. They are points of reference, so budgets do not apply to them.
    /// </summary>
    /// <param name="spaces">The arms' spaces, at least one.</param>
    /// <param name="widths">The widths that count; empty: all.</param>
    public static IReadOnlyList<Schedule> Baselines(IEnumerable<SearchSpace> spaces, EquatableArray<Bitwidth> widths = default)
    {
        var all = spaces.ToList();
        var homogeneous =
            from width in all.SelectMany(s => s.HomogeneousWidths).Distinct().OrderDescending()
            where widths.Count == 0 || widths.Contains(width)
            from space in all
            select space.Homogeneous(width);
        return [.. homogeneous.OfType<Schedule>().Prepend(Schedule.Homogeneous(all[0].Network.Points.Count, Bitwidth.Full)).Distinct()];
    }

    /// <summary>Runs the study from its beginning or from where it stopped.</summary>
    /// <param name="identity">The plan and everything else that decides results, as flat field paths and values.</param>
    /// <param name="cancellationToken">Stops between two trials, or inside one at the evaluator's next step; finished trials are kept.</param>
    /// <returns>All trials.</returns>
    /// <exception cref="PlanException">The store holds another study under this name.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public async Task<TrialHistory> RunAsync(IReadOnlyDictionary<string, string> identity, CancellationToken cancellationToken)
    {
        var history = await store.OpenAsync(identity, cancellationToken);
        var queue = new TrialQueue(plan, arms, baselines, Given, Tell);
        Tell(new StudyEvent.Started(queue.Planned(), history.Trials.Count(t => t.Outcome is not null)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Dictionary<int, Task<Trial>>();
        try
        {
            while (true)
            {
                while (running.Count < workers && WhyStop(history) is null && queue.Next(history, running.Keys) is { } trial)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await store.BeginAsync(trial, cancellationToken);
                    history = history.With(trial);
                    Tell(new StudyEvent.TrialStarted(trial));
                    running.Add(trial.Number, EvaluateAsync(trial, queue.View(history, trial.Number), history, running, stop.Token));
                }

                if (running.Count == 0)
                {
                    break;
                }

                history = await EndAsync(await Task.WhenAny(running.Values), history, running);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await KeepFinishedAsync(history, running);
        }

        Tell(WhyStop(history) is { } reason ? new StudyEvent.Stopped(reason) : new StudyEvent.Finished(history.Count));
        return history;
    }

    private async Task<TrialHistory> EndAsync(Task<Trial> finished, TrialHistory history, Dictionary<int, Task<Trial>> running)
    {
        var ended = await finished;
        await store.EndAsync(ended, CancellationToken.None);
        running.Remove(ended.Number);
        Tell(new StudyEvent.TrialFinished(ended));
        return history.With(ended);
    }

    // After a stop or a failure of ours: the others are stopped too, and what ended all the same is kept.
    private async Task KeepFinishedAsync(TrialHistory history, Dictionary<int, Task<Trial>> running)
    {
        foreach (var task in running.OrderBy(r => r.Key).Select(r => r.Value).ToList())
        {
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (task.IsCompletedSuccessfully)
            {
                history = await EndAsync(task, history, running);
            }
        }
    }

    // In number order, up to the first that still runs: what stops a study does not depend on who was faster.
    private static string? WhyStop(TrialHistory history)
    {
        var failed = new List<Trial>();
        foreach (var trial in history.Trials.TakeWhile(t => t.Outcome is not null).Where(t => t.CopyOf is null))
        {
            if (trial.Outcome is not TrialOutcome.Failed failure)
            {
                failed.Clear();
                continue;
            }

            failed.Add(trial);
            if (failed.Count == FailuresThatStop)
            {
                return $"trials {string.Join(", ", failed.Select(t => t.Number))} failed one after another; the last: {failure.Reason}";
            }
        }

        return null;
    }

    // A thread of its own: libtorch keeps its number of threads, and TorchSharp its scopes, by thread.
    private async Task<Trial> EvaluateAsync(
        Trial trial, TrialHistory known, TrialHistory all, Dictionary<int, Task<Trial>> running, CancellationToken cancellationToken)
    {
        if (trial.CopyOf is { } number)
        {
            var original = running.TryGetValue(number, out var still) ? await still : all.Find(number)!;
            return trial with { Outcome = original.Outcome! with { Duration = TimeSpan.Zero } };
        }

        var evaluation = EvaluationOf(all, trial) with { WhyPrune = (rung, score) => WhyPrune(known, trial, rung, score) };
        return trial with
        {
            Outcome = await Task.Factory.StartNew(
                () => evaluator.Evaluate(evaluation, Tell, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
        };
    }

    /// <summary>The evaluation that made, or makes, a trial's outcome: that of the trial it is a copy of, with all it starts from.</summary>
    public static Evaluation EvaluationOf(TrialHistory history, Trial trial)
    {
        var original = trial.CopyOf is { } number ? history.Find(number)! : trial;
        return new Evaluation(original.Number, original.Schedule, original.Repeat)
        {
            WarmStart = original.WarmStart is { } start ? EvaluationOf(history, history.Find(start)!) : null,
        };
    }

    private string? WhyPrune(TrialHistory known, Trial trial, int rung, double score)
    {
        var decision = _ladder?.Decide(known, trial, rung, score);
        if (decision?.Distrusted is { } agreement)
        {
            lock (_telling)
            {
                if (_stopped.Add(rung))
                {
                    report(new StudyEvent.PruningStopped($"{plan.Ladder!.Rungs[rung]}", agreement, plan.Ladder.Tau));
                }
            }
        }

        return decision?.Prune;
    }

    private void Tell(StudyEvent happened)
    {
        lock (_telling)
        {
            report(happened);
        }
    }
}
