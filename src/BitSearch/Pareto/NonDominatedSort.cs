namespace BitSearch.Pareto;

/// <summary>Points in layers: the front, the front of what remains without it, and so on (Goldberg 1989; Deb et al. 2002).</summary>
public static class NonDominatedSort
{
    /// <summary>
    /// The layer of each point, from 0 for the front; equal points share one. For two objectives a point's layer is the first
    /// whose fewest errors among no larger points are more than the point's, found by bisection (Zhang et al. 2015, ENS-BS):
    /// O(n log n).
    /// </summary>
    /// <param name="points">The points, in any order.</param>
    /// <returns>One layer per point, in the order of <paramref name="points"/>.</returns>
    /// <exception cref="ArgumentException">An objective is NaN.</exception>
    public static int[] Ranks(IReadOnlyList<Objectives> points)
    {
        var ranks = new int[points.Count];
        var lowest = new List<double>();
        (Objectives Point, int Rank)? before = null;
        foreach (var place in SizeThenError.Order(points))
        {
            var point = points[place];
            var rank = before is { } last && last.Point == point ? last.Rank : FirstAbove(lowest, point.ErrorRate);
            if (rank == lowest.Count)
            {
                lowest.Add(point.ErrorRate);
            }

            (lowest[rank], ranks[place], before) = (point.ErrorRate, rank, (point, rank));
        }

        return ranks;
    }

    // The layers' fewest errors so far ascend from layer to layer.
    private static int FirstAbove(List<double> ascending, double value)
    {
        var (from, to) = (0, ascending.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = ascending[middle] > value ? (from, middle) : (middle + 1, to);
        }

        return from;
    }
}
