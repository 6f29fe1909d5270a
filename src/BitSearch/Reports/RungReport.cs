using BitSearch.Statistics;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>What a rung of the ladder was worth.</summary>
/// <param name="Name">The rung.</param>
/// <param name="Next">The one above it; <c>full training</c> above the last.</param>
/// <param name="Reached">Trials that have a score there.</param>
/// <param name="Pruned">Trials that it ended.</param>
/// <param name="Agreement">How it orders schedules as the next one does, over the trials that have both scores: those that climbed, so the spread is narrower than among all.</param>
/// <param name="StoppedAt">The first trial that it did not prune because of its agreement so far; null: there is none.</param>
public sealed record RungReport(string Name, string Next, int Reached, int Pruned, KendallTau Agreement, int? StoppedAt)
{
    /// <summary>The rungs of a study in their order; none without a ladder.</summary>
    public static IEnumerable<RungReport> Of(StudyFacts facts)
    {
        if (facts.Plan.Ladder is not { } plan)
        {
            return [];
        }

        var ladder = new Ladder(plan, facts.Plan.Budget.Of, new Seed(facts.Plan.Seed));
        var own = facts.History.Trials.Where(t => t is { CopyOf: null, Outcome: not null }).ToList();
        return plan.Rungs.Select((rung, i) => new RungReport(
            $"{rung}",
            i + 1 < plan.Rungs.Count ? $"{plan.Rungs[i + 1]}" : "full training",
            own.Count(t => t.Outcome!.Rungs.Count > i),
            own.Count(t => t.Outcome is TrialOutcome.Pruned { Rungs.Count: var climbed } && climbed == i + 1),
            ladder.Agreement(facts.History, i),
            own.Where(t => t.Arm != Trial.BaselineArm && t.Outcome!.Rungs.Count > i)
                .FirstOrDefault(t => !ladder.Trusts(ladder.Agreement(facts.History.AsSeenBy(t.Number, facts.Plan.Lookahead ?? StudyPlan.DefaultLookahead), i)))?.Number));
    }
}
