namespace BitSearch.Pareto;

/// <summary>How lonely the points of one layer are (Deb et al. 2002, section III-B).</summary>
public static class CrowdingDistance
{
    /// <summary>
    /// For each point the distance between its neighbours on both sides, objective by objective as a share of the layer's
    /// extent, summed; infinite for the first and the last in an objective. O(n log n).
    /// </summary>
    /// <param name="layer">Points of which none dominates another, in any order; finite.</param>
    /// <returns>One distance per point, in the order of <paramref name="layer"/>.</returns>
    public static double[] Of(IReadOnlyList<Objectives> layer)
    {
        var distances = new double[layer.Count];
        Add(layer, p => p.Size, distances);
        Add(layer, p => p.ErrorRate, distances);
        return distances;
    }

    private static void Add(IReadOnlyList<Objectives> layer, Func<Objectives, double> objective, double[] distances)
    {
        var values = layer.Select(objective).ToArray();
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(order, (a, b) => values[a] != values[b] ? values[a].CompareTo(values[b]) : a.CompareTo(b));
        for (var i = 0; i < order.Length; i++)
        {
            var extent = values[order[^1]] - values[order[0]];
            distances[order[i]] += i == 0 || i == order.Length - 1 ? double.PositiveInfinity
                : extent > 0 ? (values[order[i + 1]] - values[order[i - 1]]) / extent
                : 0;
        }
    }
}
