using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// Particle swarm optimisation (Kennedy and Eberhart 1995, with the constriction of Clerc and Kennedy 2002) over places of
/// widths. Particle k of P makes the arm's proposals number k, k + P, k + 2P ...; its position is its last schedule as it
/// was evaluated, its velocity the way from the one before it, its own best and its leader are looked up in the history: so
/// there is nothing to remember. A move ends between widths and is rounded up or down at random in proportion, so that parts
/// of a width are not lost. It may leave the space or meet a known schedule; then the queue repairs it and keeps both forms.
/// <para>
/// Each particle has its own weight w between 0 and 1 and minimises max(w size, (1 - w) error) + 0.05 (w size +
/// (1 - w) error), the augmented Tchebycheff function (Knowles 2006) of objectives scaled to 0..1 over what was completed;
/// its leader is the best of all completed schedules in that. Trials that run, were pruned or failed are positions, never
/// bests.
/// </para>
/// </summary>
[Component("particle-swarm")]
public sealed class ParticleSwarmProposer : IProposer
{
    /// <summary>The number of particles.</summary>
    public const int Particles = 8;

    private const double Inertia = 0.7298;
    private const double Attraction = 1.49618;
    private const double Augmentation = 0.05;

    /// <inheritdoc/>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
    {
        var made = history.Trials.Select(t => t.Schedule).Distinct().ToList();
        var particle = made.Count % Particles;
        var path = made.Where((_, i) => i % Particles == particle).ToList();
        var judged = JudgedSchedule.Of(space, history);
        if (path.Count == 0 || judged.Count == 0)
        {
            return space.Sample(random, history.Schedules);
        }

        var ranking = Ranked(judged, (particle + 0.5) / Particles);
        var (leader, own) = (ranking[0], ranking.Find(path.Contains) ?? path[^1]);
        return Moved(new ScheduleCoding(space), path, own, leader, random);
    }

    /// <summary>The schedules by the weight's scalarisation, the best first.</summary>
    /// <param name="judged">At least one.</param>
    /// <param name="weight">Of size against error rate, 0..1.</param>
    internal static List<Schedule> Ranked(IReadOnlyList<JudgedSchedule> judged, double weight)
    {
        var size = Scale(judged.Select(j => j.Objectives.Size));
        var error = Scale(judged.Select(j => j.Objectives.ErrorRate));
        return [.. judged.OrderBy(j =>
        {
            var (s, e) = (weight * size(j.Objectives.Size), (1 - weight) * error(j.Objectives.ErrorRate));
            return Math.Max(s, e) + (Augmentation * (s + e));
        }).Select(j => j.Schedule)];
    }

    private static Func<double, double> Scale(IEnumerable<double> values)
    {
        var (least, most) = values.Aggregate((Least: double.PositiveInfinity, Most: double.NegativeInfinity), (r, v) => (Math.Min(r.Least, v), Math.Max(r.Most, v)));
        return value => most > least ? (value - least) / (most - least) : 0;
    }

    private static Schedule Moved(ScheduleCoding coding, List<Schedule> path, Schedule own, Schedule leader, Random random)
    {
        var (now, before) = (coding.Encode(path[^1]), coding.Encode(path.Count > 1 ? path[^2] : path[^1]));
        var (toOwn, toLeader) = (coding.Encode(own), coding.Encode(leader));
        return coding.Decode([.. now.Select((x, i) =>
        {
            var velocity = (Inertia * (x - before[i]))
                + (Attraction * random.NextDouble() * (toOwn[i] - x))
                + (Attraction * random.NextDouble() * (toLeader[i] - x));
            var (last, draw) = (coding.Groups[i].Widths.Length - 1, random.NextDouble());
            return (int)Math.Floor(Math.Clamp(x + velocity, 0, last) + draw);
        })]);
    }
}
