using BitSearch.Allocation;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Ablation;

/// <summary>
/// Finds schedules of a pattern whose packed files have between <paramref name="least"/> and a space's budget: the least
/// sensitive one, and samples that are exactly uniform over this band, by counting.
/// </summary>
/// <param name="measurement">What ranks schedules: summed over the points.</param>
/// <param name="least">The lower end of the band.</param>
/// <param name="seed">Decides the samples.</param>
internal sealed class ScheduleMatcher(Measurement measurement, MemorySize least, Seed seed)
{
    private const int Walked = 100_000;
    private const int Ranked = 2_000;

    /// <summary>The arm's schedules.</summary>
    /// <param name="space">The pattern under a budget of the artifact.</param>
    /// <param name="samples">How many samples; 0: none.</param>
    /// <param name="purpose">Names the stream of samples.</param>
    public MatchedArm Match(SearchSpace space, int samples, string purpose)
    {
        if (space.CountFrom(least).IsZero)
        {
            return new MatchedArm(space.Pattern, [], [])
            {
                WhyEmpty = FormattableString.Invariant($"no {space.Pattern.Name()} schedule has {least.Bytes:N0} to {space.Budgets[0].Limit.Bytes:N0} bytes"),
            };
        }

        var (optimum, isProven) = Optimum(space, purpose);
        return new MatchedArm(space.Pattern, [optimum], Samples(space, samples, purpose)) { IsProven = isProven };
    }

    /// <summary>So many schedules within the band, drawn uniformly; each once, as long as there are others.</summary>
    /// <param name="space">The pattern under a budget of the artifact.</param>
    /// <param name="count">How many.</param>
    /// <param name="purpose">Names the stream of samples.</param>
    /// <param name="except">Drawn only where there is no other.</param>
    public EquatableArray<Schedule> Samples(SearchSpace space, int count, string purpose, Schedule? except = null)
    {
        var band = count == 0 ? [] : Band(space, purpose, count + (except is null ? 0 : 1));
        if (band.Count > 1)
        {
            band.RemoveAll(s => s == except);
        }

        return band.Count == 0 ? [] : [.. Enumerable.Range(0, count).Select(i => band[i % band.Count])];
    }

    private (Schedule Optimum, bool IsProven) Optimum(SearchSpace space, string purpose)
    {
        var solved = ExactSolver.Solve(SpaceTable.Of(space, measurement.Name, (point, width) => measurement.Of(point.Name, width)));
        return solved.Best is { } best && IsInside(space, best.Schedule) ? (best.Schedule, solved.Certificate.IsExact)
            : space.Count() <= Walked ? (space.Enumerate().Where(s => IsInside(space, s)).MinBy(s => Harm(space, s))!, true)
            : (Band(space, $"{purpose}/ranked", Ranked).MinBy(s => Harm(space, s))!, false);
    }

    // Drawn with replacement, repetitions left out: until there are enough, or no new one comes any more.
    private List<Schedule> Band(SearchSpace space, string purpose, int wanted)
    {
        var random = seed.Stream($"match/{purpose}");
        var (band, known, all) = (new List<Schedule>(), new HashSet<Schedule>(), space.CountFrom(least));
        while (band.Count < wanted && band.Count < all)
        {
            var drawn = space.SampleFrom(random, least)!;
            if (known.Add(drawn))
            {
                band.Add(drawn);
            }
        }

        return band;
    }

    private bool IsInside(SearchSpace space, Schedule schedule) => space.Footprint(schedule, BudgetMeasure.Artifact) >= least;

    private double Harm(SearchSpace space, Schedule schedule) =>
        space.Network.Points.Select((p, i) => p.Widths.Count < 2 || schedule[i].IsFull ? 0 : measurement.Of(p.Name, schedule[i]) ?? 0).Sum();
}
