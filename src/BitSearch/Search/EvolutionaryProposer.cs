using BitSearch.Pareto;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// NSGA-II (Deb et al. 2002) one offspring at a time. The population is a function of the history: the best of all completed
/// schedules by non-dominated sorting, then by crowding distance, which is what the paper's elitism keeps. Two parents win a
/// binary tournament each. Crossover and mutation say for each group of tied points which widths the offspring may have
/// (those of both parents, and now and then another); the offspring is drawn uniformly from the new schedules of the space
/// that have such widths, so it keeps pattern and budgets by construction. If all of them were tried, mutations double.
/// The first schedules are uniform. Trials that run, were pruned or failed are no parents, and are not proposed again.
/// </summary>
[Component("evolutionary")]
public sealed class EvolutionaryProposer : IProposer
{
    /// <summary>The size of the population, and of the uniform beginning.</summary>
    public const int Population = 16;

    // So that about one group mutates: of the widths offered beside the parents' every second is one of them anyway, and of
    // the others about every second is taken.
    private const double OffersPerOffspring = 4;

    /// <inheritdoc/>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
    {
        var judged = JudgedSchedule.Of(space, history);
        if (history.Schedules.Count < Population || judged.Count < 2)
        {
            return space.Sample(random, history.Schedules);
        }

        var survivors = Survivors(judged);
        var mother = Tournament(survivors.Count, random);
        var father = Tournament(survivors.Count - 1, random);
        father += father >= mother ? 1 : 0;
        return Offspring(new ScheduleCoding(space), survivors[mother], survivors[father], history, random)
            ?? space.Sample(random, history.Schedules);
    }

    /// <summary>The best first, at most <see cref="Population"/>: by layer, within one the loneliest first.</summary>
    internal static List<Schedule> Survivors(IReadOnlyList<JudgedSchedule> judged)
    {
        var ranks = NonDominatedSort.Ranks([.. judged.Select(j => j.Objectives)]);
        var survivors = new List<Schedule>();
        foreach (var layer in judged.Zip(ranks).GroupBy(j => j.Second, j => j.First).OrderBy(l => l.Key).Select(l => l.ToList()))
        {
            var crowding = CrowdingDistance.Of([.. layer.Select(j => j.Objectives)]);
            survivors.AddRange(layer.Zip(crowding).OrderByDescending(j => j.Second).Select(j => j.First.Schedule));
        }

        return [.. survivors.Take(Population)];
    }

    // The place of the better of two, drawn with replacement from places in order.
    private static int Tournament(int count, Random random) => Math.Min(random.Next(count), random.Next(count));

    private static Schedule? Offspring(ScheduleCoding coding, Schedule mother, Schedule father, TrialHistory history, Random random)
    {
        var parents = coding.Encode(mother).Zip(coding.Encode(father)).ToList();
        Schedule? offspring = null;
        for (var rate = OffersPerOffspring / Math.Max(1, parents.Count); offspring is null && rate < 2; rate *= 2)
        {
            var offered = parents.Zip(coding.Groups, (p, group) =>
                random.NextDouble() < rate ? (int[])[p.First, p.Second, random.Next(group.Widths.Length)] : [p.First, p.Second]);
            offspring = coding.Restricted([.. offered]).Sample(random, history.Schedules);
        }

        return offspring;
    }
}
