using BitSearch.Pareto;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>
/// A strategy's trials on a problem, one after another, as in a study with one worker and no lookahead: each proposal has its
/// own stream, is repaired where it must be, and sees all trials before it. Streams have the same names for all strategies, so
/// that those which begin with random schedules begin with the same ones.
/// </summary>
/// <param name="problem">The problem.</param>
/// <param name="clock">Times the strategy.</param>
public sealed class StrategyLoop(ComparisonProblem problem, TimeProvider clock)
{
    private const string Arm = "strategy";

    /// <summary>Runs a strategy.</summary>
    /// <param name="proposer">The strategy; what it needs was measured.</param>
    /// <param name="trials">How many at most.</param>
    /// <param name="seed">Decides the proposals' streams.</param>
    /// <param name="stop">Stops between two trials.</param>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    public EquatableArray<ComparedTrial> Run(IProposer proposer, int trials, Seed seed, CancellationToken stop)
    {
        var (history, done, seen) = (TrialHistory.Empty, new List<ComparedTrial>(), new List<Objectives>());
        while (done.Count < trials)
        {
            stop.ThrowIfCancellationRequested();
            var start = clock.GetTimestamp();
            var proposal = Proposal.Ask(proposer, problem.Space, history, problem.Measured, default, seed.Stream($"propose/{Arm}", done.Count));
            var time = clock.GetElapsedTime(start);
            if (proposal is null)
            {
                break;
            }

            var truth = problem.Landscape.Outcome(proposal.Schedule);
            var trial = Begun(done.Count, proposal) with { Outcome = problem.Observe(proposal.Schedule, truth) };
            history = history.With(trial);
            done.Add(Seen(trial, truth, seen) with { ProposerSeconds = time.TotalSeconds });
        }

        return done.ToEquatableArray();
    }

    private Trial Begun(int number, Proposal proposal) => new(number, Arm, proposal.Schedule, 0)
    {
        Proposed = proposal.Proposed,
        Artifact = problem.Space.Footprint(proposal.Schedule, BudgetMeasure.Artifact),
        Weights = problem.Space.Footprint(proposal.Schedule, BudgetMeasure.Weights),
    };

    // Adds what the trial truly is to what all trials so far are.
    private ComparedTrial Seen(Trial trial, TrialOutcome truth, List<Objectives> seen)
    {
        var completed = truth as TrialOutcome.Completed;
        if (completed is not null)
        {
            seen.Add(ComparisonProblem.Judge(problem.Space, trial.Schedule, completed.ErrorRate));
        }

        var bytes = problem.Space.Footprint(trial.Schedule, ComparisonProblem.Measure(problem.Space)).Bytes;
        return new ComparedTrial(trial.Schedule, bytes, trial.Completed?.ErrorRate, completed?.ErrorRate, trial.Proposed is not null)
        {
            Share = Math.Min(1, problem.Front.Share(seen) / problem.Front.Hypervolume),
            TrainingSeconds = truth.Duration.TotalSeconds,
        };
    }
}
