namespace BitSearch.Statistics;

/// <summary>
/// Several tests at once (Holm 1979): with p-values adjusted so, the chance that any true null hypothesis is rejected at a
/// level is at most that level, however the tests depend on each other.
/// </summary>
public static class HolmCorrection
{
    /// <summary>The adjusted p-values, in the order given: the k-th smallest of m times m - k + 1, never below a smaller one's, at most 1.</summary>
    /// <param name="pValues">From 0 to 1.</param>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        var (adjusted, largest) = (new double[pValues.Count], 0.0);
        var order = Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]).ToList();
        for (var rank = 0; rank < order.Count; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, pValues[order[rank]] * (order.Count - rank)));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }
}
