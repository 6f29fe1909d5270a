using System.Numerics;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Study;

/// <summary>
/// The loop of a study: baselines, then one schedule of each arm in turn until each has its number, then the repeats.
/// What comes next is a function of the history alone, so that a study that died anywhere goes on as if it had not.
/// </summary>
/// <param name="plan">The plan; its arms are <paramref name="arms"/>.</param>
/// <param name="arms">The arms, at least one, all of the same network.</param>
/// <param name="baselines">Schedules to compare with, evaluated first, see <see cref="Baselines"/>.</param>
/// <param name="store">Where trials are kept.</param>
/// <param name="evaluator">Turns schedules into scores.</param>
/// <param name="report">Hears of every step.</param>
public sealed class StudyRunner(
    StudyPlan plan,
    IReadOnlyList<StudyArm> arms,
    IReadOnlyList<Schedule> baselines,
    ITrialStore store,
    IEvaluator evaluator,
    Action<StudyEvent> report)
{
    /// <summary>So many failures in a row, by number, stop a study. Copies do not count.</summary>
    public const int FailuresThatStop = 3;

    private readonly HashSet<string> _exhausted = [];

    private NetworkDescription Network => arms[0].Space.Network;

    /// <summary>
    /// What every study contains: full precision everywhere, then the homogeneous schedule of every width of the arms'
    /// spaces, widest first. They are points of reference, so budgets do not apply to them.
    /// </summary>
    public static IReadOnlyList<Schedule> Baselines(IEnumerable<SearchSpace> spaces)
    {
        var all = spaces.ToList();
        var homogeneous =
            from width in all.SelectMany(s => s.HomogeneousWidths).Distinct().OrderDescending()
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
        report(new StudyEvent.Started(Planned(), history.Trials.Count(t => t.Outcome is not null)));
        string? reason;
        while ((reason = WhyStop(history)) is null && Next(history) is { } trial)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await store.BeginAsync(trial, cancellationToken);
            history = history.With(trial);
            report(new StudyEvent.TrialStarted(trial));
            var ended = trial with { Outcome = Evaluate(trial, history, cancellationToken) };
            await store.EndAsync(ended, CancellationToken.None);
            history = history.With(ended);
            report(new StudyEvent.TrialFinished(ended));
        }

        report(reason is null ? new StudyEvent.Finished(history.Count) : new StudyEvent.Stopped(reason));
        return history;
    }

    private static string? WhyStop(TrialHistory history)
    {
        var last = history.Trials.Where(t => t is { CopyOf: null, Outcome: not null }).TakeLast(FailuresThatStop).ToList();
        return last.Count == FailuresThatStop && last.TrueForAll(t => t.Outcome is TrialOutcome.Failed)
            ? $"trials {string.Join(", ", last.Select(t => t.Number))} failed one after another; the last: {((TrialOutcome.Failed)last[^1].Outcome!).Reason}"
            : null;
    }

    /// <summary>The trial that comes after a history; null when nothing is left to do.</summary>
    private Trial? Next(TrialHistory history)
    {
        if (history.Trials.FirstOrDefault(t => t.Outcome is null) is { } orphan)
        {
            return orphan;
        }

        var (arm, schedule, repeat) = NextBaseline(history) ?? NextProposal(history) ?? NextRepeat(history) ?? default;
        if (schedule is null)
        {
            return null;
        }

        var ledger = Ledger.Of(Network, schedule);
        return new Trial(history.NextNumber, arm, schedule, repeat)
        {
            CopyOf = history.Trials.FirstOrDefault(t => t.Schedule == schedule && t.Repeat == repeat)?.Number,
            Artifact = ledger.Total,
            Weights = ledger.Weights,
        };
    }

    private (string Arm, Schedule Schedule, int Repeat)? NextBaseline(TrialHistory history)
    {
        var known = history.OfArm(Trial.BaselineArm);
        return baselines.FirstOrDefault(b => !known.Contains(b)) is { } schedule ? (Trial.BaselineArm, schedule, 0) : null;
    }

    // The arm with the fewest schedules is next, the first of several: one of each in turn, also after an arm is exhausted.
    private (string Arm, Schedule Schedule, int Repeat)? NextProposal(TrialHistory history)
    {
        var open = arms.Select(arm => (Arm: arm, Known: history.OfArm(arm.Name)))
            .Where(a => !_exhausted.Contains(a.Arm.Name) && a.Known.Count < a.Arm.Trials)
            .OrderBy(a => a.Known.Count);
        foreach (var (arm, known) in open)
        {
            var random = new Seed(plan.Seed).Stream($"propose/{arm.Name}", history.NextNumber);
            if (arm.Proposer.Propose(arm.Space, known, random) is { } schedule)
            {
                Check(arm, known, schedule);
                return (arm.Name, schedule, 0);
            }

            _exhausted.Add(arm.Name);
            report(new StudyEvent.ArmExhausted(arm.Name, known.Count));
        }

        return null;
    }

    private (string Arm, Schedule Schedule, int Repeat)? NextRepeat(TrialHistory history)
    {
        var known = history.Trials.Select(t => (t.Arm, t.Schedule, t.Repeat)).ToHashSet();
        var wanted =
            from repeat in Enumerable.Range(1, Math.Max(0, plan.Repeats - 1))
            from first in history.Trials
            where first.Repeat == 0 && !known.Contains((first.Arm, first.Schedule, repeat))
            select ((string, Schedule, int)?)(first.Arm, first.Schedule, repeat);
        return wanted.FirstOrDefault();
    }

    private TrialOutcome Evaluate(Trial trial, TrialHistory history, CancellationToken cancellationToken) =>
        trial.CopyOf is { } original
            ? history.Find(original)!.Outcome! with { Duration = TimeSpan.Zero }
            : evaluator.Evaluate(new Evaluation(trial.Number, trial.Schedule, trial.Repeat), report, cancellationToken);

    private static void Check(StudyArm arm, TrialHistory known, Schedule schedule)
    {
        var wrong = arm.Space.WhyNot(schedule) ?? (known.Contains(schedule) ? "it was proposed before" : null);
        if (wrong is not null)
        {
            throw new InvalidOperationException($"{arm.Proposer.GetType().Name} proposed {schedule} for arm {arm.Name}: {wrong}");
        }
    }

    private int Planned()
    {
        var schedules = arms.Sum(a => (long)BigInteger.Min(a.Trials, a.Space.Count()));
        return (int)Math.Min(int.MaxValue, (baselines.Count + schedules) * Math.Max(1, plan.Repeats));
    }
}
