using BitSearch.Trials;
using MathNet.Numerics.Statistics;

namespace BitSearch.Reports;

/// <summary>A point whose size is exact and whose error was measured several times.</summary>
/// <param name="Size">The smaller the better.</param>
/// <param name="Errors">One for each repeat, the same repeats for all points: a repeat is the same seed everywhere.</param>
public sealed record ReplicatedPoint(double Size, EquatableArray<double> Errors);

/// <summary>What repeats say of a point.</summary>
/// <param name="Low">The 2.5 % quantile of its resampled mean error.</param>
/// <param name="High">The 97.5 % quantile.</param>
/// <param name="OnFront">The share of resamples in which no other point dominates it.</param>
/// <param name="DominatedBy">For each point, in the order given, the share of resamples in which that one dominates it; 0 for itself.</param>
public sealed record ReplicatedFact(double Low, double High, double OnFront, EquatableArray<double> DominatedBy)
{
    /// <summary>The largest share of resamples in which one and the same other point dominates it.</summary>
    public double Dominated => DominatedBy.Max();

    /// <summary>Whether no single other point is at least as small and better with 95 % probability.</summary>
    public bool MayBeOnFront => Dominated < 0.95;
}

/// <summary>The least error at a size and below, over resamples: a step from this size to the next.</summary>
/// <param name="Size">From here on.</param>
/// <param name="Median">The median.</param>
/// <param name="Low">The 2.5 % quantile.</param>
/// <param name="High">The 97.5 % quantile.</param>
public sealed record RibbonStep(double Size, double Median, double Low, double High);

/// <summary>
/// A Pareto front with intervals: repeats are drawn with replacement, the same ones for all points, 4,000 times (Efron 1979), and
/// the front of the mean errors is looked at in each draw. Few repeats give narrow intervals: of five, a bootstrap interval of a
/// mean is a tenth too narrow at least.
/// </summary>
/// <param name="Points">One for each point, in the order given.</param>
/// <param name="Ribbon">By ascending size.</param>
public sealed record ReplicatedFront(EquatableArray<ReplicatedFact> Points, EquatableArray<RibbonStep> Ribbon)
{
    private const int Draws = 4000;

    /// <summary>Resamples. O(draws n^2).</summary>
    /// <param name="points">At least one, all with the same number of errors, at least two.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <exception cref="ArgumentException">There are fewer repeats, or not as many everywhere.</exception>
    public static ReplicatedFront Of(IReadOnlyList<ReplicatedPoint> points, Seed seed)
    {
        var repeats = points.Count == 0 ? 0 : points[0].Errors.Count;
        if (repeats < 2 || points.Any(p => p.Errors.Count != repeats))
        {
            throw new ArgumentException("every point has the same repeats, at least two", nameof(points));
        }

        var means = Means(points, repeats, seed);
        var sizes = points.Select(p => p.Size).Distinct().Order().ToList();
        return new ReplicatedFront(
            [.. Enumerable.Range(0, points.Count).Select(i => Fact(points, means, i))],
            [.. sizes.Select(size => Step(points, means, size))]);
    }

    // By point, then by draw.
    private static double[][] Means(IReadOnlyList<ReplicatedPoint> points, int repeats, Seed seed)
    {
        var (random, means) = (seed.Stream("replicated front", repeats), points.Select(_ => new double[Draws]).ToArray());
        for (var draw = 0; draw < Draws; draw++)
        {
            var sample = Enumerable.Range(0, repeats).Select(_ => random.Next(repeats)).ToArray();
            for (var i = 0; i < points.Count; i++)
            {
                means[i][draw] = sample.Average(r => points[i].Errors[r]);
            }
        }

        return means;
    }

    private static ReplicatedFact Fact(IReadOnlyList<ReplicatedPoint> points, double[][] means, int point)
    {
        var (beaten, by) = (new bool[Draws], new int[points.Count]);
        for (var other = 0; other < points.Count; other++)
        {
            if (other == point || points[other].Size > points[point].Size)
            {
                continue;
            }

            var isSmaller = points[other].Size < points[point].Size;
            for (var draw = 0; draw < Draws; draw++)
            {
                if (means[other][draw] < means[point][draw] || (isSmaller && means[other][draw] == means[point][draw]))
                {
                    beaten[draw] = true;
                    by[other]++;
                }
            }
        }

        return new ReplicatedFact(
            means[point].Quantile(0.025), means[point].Quantile(0.975), beaten.Count(b => !b) / (double)Draws, [.. by.Select(b => b / (double)Draws)]);
    }

    private static RibbonStep Step(IReadOnlyList<ReplicatedPoint> points, double[][] means, double size)
    {
        var within = Enumerable.Range(0, points.Count).Where(i => points[i].Size <= size).ToList();
        var least = Enumerable.Range(0, Draws).Select(draw => within.Min(i => means[i][draw])).ToArray();
        return new RibbonStep(size, least.Median(), least.Quantile(0.025), least.Quantile(0.975));
    }
}
