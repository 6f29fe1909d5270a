using System.Numerics;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Study;

/// <summary>
/// What comes next in a study, a function of its history: baselines, given trials, then one schedule of each arm in turn until each has its
/// number, then the repeats. Trial n is chosen from what the trials up to n - lookahead gave, whichever of the later ones are
/// finished too: so any number of workers, and any death, gives the same trials.
/// </summary>
/// <param name="plan">The plan; its arms are <paramref name="arms"/>.</param>
/// <param name="arms">The arms, at least one, all of the same network.</param>
/// <param name="baselines">Schedules to compare with, evaluated first.</param>
/// <param name="given">Trials that are evaluated next, in their order.</param>
/// <param name="report">Hears of exhausted arms.</param>
internal sealed class TrialQueue(
    StudyPlan plan, IReadOnlyList<StudyArm> arms, IReadOnlyList<Schedule> baselines, IReadOnlyList<GivenTrial> given, Action<StudyEvent> report)
{
    private readonly HashSet<string> _exhausted = [];
    private readonly int _lookahead = plan.Lookahead ?? StudyPlan.DefaultLookahead;

    /// <summary>How many trials there are in all, if no arm's strategy gives up early.</summary>
    public int Planned()
    {
        var schedules = arms.Sum(a => (long)BigInteger.Min(a.Trials, a.Space.Count()));
        return (int)Math.Min(int.MaxValue, ((baselines.Count + schedules) * Math.Max(1, plan.Repeats)) + given.Count);
    }

    /// <summary>What a trial may know.</summary>
    public TrialHistory View(TrialHistory history, int number) => history.AsSeenBy(number, _lookahead);

    /// <summary>The next trial to begin; null when nothing is left, or nothing can begin before a running trial ends.</summary>
    /// <param name="history">All trials begun so far.</param>
    /// <param name="running">The numbers of those that run in this process; others without outcome are orphans, begun again.</param>
    public Trial? Next(TrialHistory history, ICollection<int> running)
    {
        var orphan = history.Trials.FirstOrDefault(t => t.Outcome is null && !running.Contains(t.Number));
        var number = orphan?.Number ?? history.NextNumber;
        if (history.Trials.TakeWhile(t => t.Number < number - _lookahead).Any(t => t.Outcome is null))
        {
            return null;
        }

        return orphan ?? ((NextBaseline(history) ?? NextGiven(history) ?? NextProposal(history) ?? NextRepeat(history)) is { } next
            ? Begun(history, next.Arm, next.Proposal, next.Repeat)
            : null);
    }

    private Trial Begun(TrialHistory history, string arm, Proposal proposal, int repeat)
    {
        var schedule = proposal.Schedule;
        var ledger = Ledger.Of(arms[0].Space.Network, schedule);
        return new Trial(history.NextNumber, arm, schedule, repeat)
        {
            CopyOf = history.Trials.FirstOrDefault(t => t.Schedule == schedule && t.Repeat == repeat)?.Number,
            WarmStart = plan.Training.From == StartFrom.Nearest ? Nearest(View(history, history.NextNumber), schedule, repeat)?.Number : null,
            Proposed = proposal.Proposed,
            Artifact = ledger.Total,
            Weights = ledger.Weights,
        };
    }

    // The fewest bits away over all points; of several the first.
    private static Trial? Nearest(TrialHistory known, Schedule schedule, int repeat) => known.Trials
        .Where(t => t is { Completed: not null, CopyOf: null } && t.Repeat == repeat)
        .MinBy(t => t.Schedule.Widths.Zip(schedule.Widths).Sum(p => Math.Abs(p.First.Bits - p.Second.Bits)));

    private (string Arm, Proposal Proposal, int Repeat)? NextBaseline(TrialHistory history)
    {
        var known = history.OfArm(Trial.BaselineArm);
        return baselines.FirstOrDefault(b => !known.Contains(b)) is { } schedule ? (Trial.BaselineArm, new Proposal(schedule, null), 0) : null;
    }

    private (string Arm, Proposal Proposal, int Repeat)? NextGiven(TrialHistory history)
    {
        var known = history.Trials.Select(t => new GivenTrial(t.Arm, t.Schedule, t.Repeat)).ToHashSet();
        return given.FirstOrDefault(g => !known.Contains(g)) is { } next ? (next.Arm, new Proposal(next.Schedule, null), next.Repeat) : null;
    }

    // The arm with the fewest schedules is next, the first of several: one of each in turn, also after an arm is exhausted.
    private (string Arm, Proposal Proposal, int Repeat)? NextProposal(TrialHistory history)
    {
        var view = View(history, history.NextNumber);
        var open = arms.Select(arm => (Arm: arm, Known: view.OfArm(arm.Name)))
            .Where(a => !_exhausted.Contains(a.Arm.Name) && a.Known.Count < a.Arm.Trials)
            .OrderBy(a => a.Known.Count);
        foreach (var (arm, known) in open)
        {
            var random = new Seed(plan.Seed).Stream($"propose/{arm.Name}", history.NextNumber);
            if (Proposal.Ask(arm.Proposer, arm.Space, known, arm.Measured, arm.Repair, random) is { } proposal)
            {
                return (arm.Name, proposal, 0);
            }

            _exhausted.Add(arm.Name);
            report(new StudyEvent.ArmExhausted(arm.Name, known.Count));
        }

        return null;
    }

    private (string Arm, Proposal Proposal, int Repeat)? NextRepeat(TrialHistory history)
    {
        var known = history.Trials.Select(t => (t.Arm, t.Schedule, t.Repeat)).ToHashSet();
        var wanted =
            from repeat in Enumerable.Range(1, Math.Max(0, plan.Repeats - 1))
            from first in history.Trials
            where first.Repeat == 0 && !known.Contains((first.Arm, first.Schedule, repeat))
            select ((string, Proposal, int)?)(first.Arm, new Proposal(first.Schedule, null), repeat);
        return wanted.FirstOrDefault();
    }
}
