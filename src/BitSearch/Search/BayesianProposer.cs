using BitSearch.Pareto;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// Bayesian optimisation: a Gaussian process of the error rate over schedules (<see cref="ScheduleKernel"/>, its lengthscale and
/// noise the most likely of a small grid), and the candidate with the most expected hypervolume improvement
/// (<see cref="ExpectedHypervolumeImprovement"/>; sizes are known, so it is exact). Candidates are uniform schedules of the
/// space, and schedules one or two steps away from the front. The first schedules are uniform.
/// <para>
/// Trials that run enter as if they had given what is expected of them (kriging believer, Ginsbourger et al. 2010), in the
/// model and in the front; trials without an error rate (pruned, failed) in the model alone, where they make their
/// neighbourhood less uncertain and so less attractive. At most 128 schedules are learnt from: layer by layer from the
/// front, the latest first within one.
/// </para>
/// </summary>
[Component("bayesian")]
public sealed class BayesianProposer : IProposer
{
    /// <summary>The number of schedules in the uniform beginning.</summary>
    public const int Beginning = 8;

    /// <summary>The most completed schedules that are learnt from, and the most others.</summary>
    public const int Learnt = 128;

    private const int Uniform = 192;
    private const int Steps = 192;

    /// <inheritdoc/>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
    {
        var judged = JudgedSchedule.Of(space, history);
        if (history.Schedules.Count < Beginning || judged.Count < 2)
        {
            return space.Sample(random, history.Schedules);
        }

        var coding = new ScheduleCoding(space);
        var model = ErrorModel.Of(space, coding, history, Latest(judged));
        var front = ParetoFront.Of(judged.Select(j => j.Objectives).Concat(model.Believed), o => o);
        var candidates = Candidates(space, coding, history, judged, random);
        var reference = Reference(space, judged);
        return candidates.Count == 0 ? space.Sample(random, history.Schedules) : candidates.MaxBy(Gain);

        double Gain(Schedule candidate)
        {
            var (mean, deviation) = model.Predict(candidate);
            return ExpectedHypervolumeImprovement.Of(front, reference, JudgedSchedule.SizeOf(space, candidate), mean, deviation);
        }
    }

    private static List<JudgedSchedule> Latest(List<JudgedSchedule> judged)
    {
        var ranks = NonDominatedSort.Ranks([.. judged.Select(j => j.Objectives)]);
        return [.. Enumerable.Range(0, judged.Count).OrderBy(i => ranks[i]).ThenByDescending(i => i).Take(Learnt).Order().Select(i => judged[i])];
    }

    // A tenth of the extent beyond the worst, so that the ends of the front can gain too.
    private static Objectives Reference(SearchSpace space, List<JudgedSchedule> judged)
    {
        var (least, most) = (space.Smallest(BudgetMeasure.Artifact).Footprint.Bytes, judged.Max(j => j.Objectives.Size));
        var (best, worst) = (judged.Min(j => j.Objectives.ErrorRate), judged.Max(j => j.Objectives.ErrorRate));
        return new Objectives(most + (0.1 * (most - least)), worst + (0.1 * (worst - best)));
    }

    private static List<Schedule> Candidates(
        SearchSpace space, ScheduleCoding coding, TrialHistory history, List<JudgedSchedule> judged, Random random)
    {
        var front = ParetoFront.Of(judged, j => j.Objectives).Select(j => coding.Encode(j.Schedule)).ToList();
        var uniform = Enumerable.Range(0, Uniform).Select(_ => space.Sample(random)).OfType<Schedule>();
        var near = Enumerable.Range(0, Steps).Select(_ => Stepped(coding, front[random.Next(front.Count)], random)).Where(space.Contains);
        return [.. uniform.Concat(near).Distinct().Where(s => !history.Contains(s))];
    }

    // One group, or two, at another of its widths.
    private static Schedule Stepped(ScheduleCoding coding, int[] from, Random random)
    {
        int[] places = [.. from];
        for (var steps = random.Next(1, 3); steps > 0 && places.Length > 0; steps--)
        {
            var group = random.Next(places.Length);
            places[group] = (places[group] + random.Next(1, coding.Groups[group].Widths.Length)) % coding.Groups[group].Widths.Length;
        }

        return coding.Decode(places);
    }
}
