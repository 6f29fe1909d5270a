using BitSearch.Space;
using BitSearch.Statistics;
using BitSearch.Trials;
using MathNet.Numerics.Statistics;

namespace BitSearch.Ablation;

/// <summary>
/// The memory that an arm's optima save at equal accuracy: the smallest one that is not worse than a homogeneous schedule by
/// more than the margin, with 95 % confidence. Candidates are tested from the largest down and the first that fails ends the
/// search, so that testing several costs no confidence (fixed-sequence testing, Maurer et al. 1995).
/// </summary>
/// <param name="Pattern">The arm.</param>
/// <param name="Budget">The homogeneous schedule's budget.</param>
/// <param name="Homogeneous">Its bytes.</param>
/// <param name="Size">The bytes of the smallest schedule that is not worse; null: none is.</param>
/// <param name="Saved">
/// The share of bytes saved, with the 2.5 % and 97.5 % quantiles of resampled seeds, in each of which the smallest
/// candidate counts whose mean is within the margin and of which all larger ones' are.
/// </param>
/// <param name="Candidates">How many sizes below the homogeneous one were there to be tested: the share's resolution.</param>
public sealed record MemorySaving(SchedulePattern Pattern, string Budget, MemorySize Homogeneous, MemorySize? Size, BootstrapInterval Saved, int Candidates)
{
    private const int Resamples = 4000;

    /// <summary>Tests an arm.</summary>
    /// <param name="homogeneous">The homogeneous schedule's rows by repeat.</param>
    /// <param name="candidates">The arm's optima of smaller size, each with its rows by repeat.</param>
    /// <param name="pattern">The arm.</param>
    /// <param name="margin">So many points are no loss.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <returns>Null where there is no candidate or are fewer than two common repeats.</returns>
    public static MemorySaving? Of(
        IReadOnlyList<AblationRow> homogeneous, IReadOnlyList<IReadOnlyList<AblationRow>> candidates, SchedulePattern pattern, double margin, Seed seed)
    {
        var repeats = candidates.Aggregate(homogeneous.Select(r => r.Repeat), (known, rows) => known.Intersect(rows.Select(r => r.Repeat))).Order().ToList();
        if (candidates.Count == 0 || repeats.Count < 2)
        {
            return null;
        }

        var chain = candidates.OrderByDescending(rows => rows[0].Size).Select(rows => (rows[0].Size, Differences: Points(rows, homogeneous, repeats))).ToList();
        var kept = chain.TakeWhile(c => BootstrapInterval.OfMean(c.Differences, seed, level: 0.9).Low >= -margin).Select(c => (MemorySize?)c.Size).LastOrDefault();
        var all = homogeneous[0].Size;
        return new MemorySaving(pattern, homogeneous[0].Cell.Budget, all, kept, Interval(chain, kept, all, margin, seed), chain.Count);
    }

    private static double[] Points(IReadOnlyList<AblationRow> rows, IReadOnlyList<AblationRow> homogeneous, List<int> repeats) =>
        [.. repeats.Select(r => 100 * (homogeneous.First(h => h.Repeat == r).ErrorRate - rows.First(c => c.Repeat == r).ErrorRate))];

    private static BootstrapInterval Interval(List<(MemorySize Size, double[] Differences)> chain, MemorySize? kept, MemorySize all, double margin, Seed seed)
    {
        var (random, count) = (seed.Stream("saving", chain.Count), chain[0].Differences.Length);
        var draws = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            var sample = Enumerable.Range(0, count).Select(_ => random.Next(count)).ToArray();
            draws[i] = Share(chain.TakeWhile(c => sample.Average(s => c.Differences[s]) >= -margin).Select(c => (MemorySize?)c.Size).LastOrDefault(), all);
        }

        return new BootstrapInterval(Share(kept, all), draws.Quantile(0.025), draws.Quantile(0.975));
    }

    private static double Share(MemorySize? size, MemorySize all) => size is { } some ? 1 - ((double)some.Bits / all.Bits) : 0;
}
