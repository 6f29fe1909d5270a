namespace BitSearch.Pareto;

/// <summary>The order in which points are swept: by size, then by error rate, then by place.</summary>
internal static class SizeThenError
{
    /// <summary>The places of the points in this order; O(n log n).</summary>
    /// <exception cref="ArgumentException">An objective is NaN.</exception>
    public static int[] Order(IReadOnlyList<Objectives> points)
    {
        var (sizes, order) = (new double[points.Count], new int[points.Count]);
        for (var i = 0; i < order.Length; i++)
        {
            if (double.IsNaN(points[i].Size) || double.IsNaN(points[i].ErrorRate))
            {
                throw new ArgumentException($"item {i} cannot be compared: an objective of {points[i]} is NaN", nameof(points));
            }

            (sizes[i], order[i]) = (points[i].Size, i);
        }

        // Numbers alone sort several times faster than points; what has one size is put in order afterwards.
        Array.Sort(sizes, order);
        for (var (from, to) = (0, 1); from < order.Length; (from, to) = (to, to + 1))
        {
            while (to < order.Length && sizes[to] == sizes[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                order.AsSpan(from..to).Sort((a, b) =>
                    points[a].ErrorRate.CompareTo(points[b].ErrorRate) is not 0 and var byError ? byError : a.CompareTo(b));
            }
        }

        return order;
    }
}
