using BitSearch.Pareto;
using BitSearch.Statistics;
using BitSearch.Trials;

namespace BitSearch.Study;

/// <summary>
/// Who climbs: decisions of a <see cref="LadderPlan"/>, functions of the trials whose outcomes are known. A schedule competes
/// within its arm, by Pareto rank: how many others are no larger and score better. Small schedules are not pruned for being
/// less accurate than large ones.
/// </summary>
/// <param name="plan">The rules.</param>
/// <param name="of">What sizes are compared by.</param>
/// <param name="seed">The study's.</param>
public sealed class Ladder(LadderPlan plan, Space.BudgetMeasure of, Seed seed)
{
    /// <summary>So many schedules have to have reached a rung before one is pruned there.</summary>
    public const int Fewest = 4;

    /// <summary>So many pairs of scores have to be there before a rung's agreement is judged.</summary>
    public const int FewestPairs = 8;

    /// <summary>Whether a trial goes on.</summary>
    /// <param name="known">The history as the trial sees it.</param>
    /// <param name="trial">The trial. Baselines and repeats always climb.</param>
    /// <param name="rung">The rung that it reached, from 0.</param>
    /// <param name="score">Its score there, smaller is better.</param>
    public RungDecision Decide(TrialHistory known, Trial trial, int rung, double score)
    {
        if (trial.Arm == Trial.BaselineArm || trial.Repeat > 0 || IsAudited(trial))
        {
            return new RungDecision(null, null);
        }

        var agreement = Agreement(known, rung);
        return Trusts(agreement) ? new RungDecision(WhyPrune(known, trial, rung, score), null) : new RungDecision(null, agreement);
    }

    /// <summary>Whether a trial is trained to the end whatever its scores; drawn by its number.</summary>
    public bool IsAudited(Trial trial) => seed.Stream("audit", trial.Number).NextDouble() < plan.Audit;

    /// <summary>Whether a rung may prune: its agreement with the next one is not known yet, or good enough.</summary>
    public bool Trusts(KendallTau agreement) => agreement.Pairs < FewestPairs || agreement.Low >= plan.Tau;

    /// <summary>How a rung orders schedules as the next one does, the last as full training does; over all trials that have both scores.</summary>
    public KendallTau Agreement(TrialHistory known, int rung)
    {
        var pairs = known.Trials
            .Where(t => t is { CopyOf: null, Outcome: not null })
            .Select(t => (Lower: Score(t, rung), Upper: Score(t, rung + 1)))
            .Where(p => p is { Lower: not null, Upper: not null })
            .Select(p => (p.Lower!.Value, p.Upper!.Value)).ToList();
        return KendallTau.Of(pairs, seed);
    }

    private string? WhyPrune(TrialHistory known, Trial trial, int rung, double score)
    {
        var others = known.Trials
            .Where(t => t.Arm == trial.Arm && t.Repeat == 0 && t.CopyOf is null && t.Outcome?.Rungs.Count > rung)
            .Select(t => new Objectives(t.Size(of).Bits, t.Outcome!.Rungs[rung])).ToList();
        if (others.Count < Fewest)
        {
            return null;
        }

        var own = new Objectives(trial.Size(of).Bits, score);
        var mine = Rank(own);
        var better = others.Count(o => (Rank(o), o.ErrorRate).CompareTo((mine, score)) < 0);
        var places = (int)Math.Ceiling(plan.Keep * (others.Count + 1));
        return better < places ? null
            : FormattableString.Invariant($"at rung {plan.Rungs[rung]}, place {better + 1} of {others.Count + 1} in arm {trial.Arm}, and {places} climb");

        int Rank(Objectives one) => others.Append(own).Count(o => Dominance.Dominates(o, one));
    }

    private double? Score(Trial trial, int rung) =>
        rung == plan.Rungs.Count ? trial.Completed?.ErrorRate : trial.Outcome!.Rungs.Count > rung ? trial.Outcome.Rungs[rung] : null;
}
