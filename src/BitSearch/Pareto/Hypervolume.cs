namespace BitSearch.Pareto;

/// <summary>How much a set of points dominates.</summary>
public static class Hypervolume
{
    /// <summary>
    /// The area between the points and a reference point that at least one of them dominates (Zitzler &amp; Thiele 1998), in
    /// the product of the objectives' units. A point beyond the reference in either objective adds nothing. O(n log n).
    /// </summary>
    /// <param name="points">The points, in any order, dominated ones included.</param>
    /// <param name="reference">The worst point that counts.</param>
    /// <exception cref="ArgumentException">An objective is NaN.</exception>
    public static double Of(IEnumerable<Objectives> points, Objectives reference)
    {
        var (area, above) = (0.0, reference.ErrorRate);
        foreach (var point in ParetoFront.Of(points, p => p).Where(p => p.Size < reference.Size && p.ErrorRate < reference.ErrorRate))
        {
            area += (reference.Size - point.Size) * (above - point.ErrorRate);
            above = point.ErrorRate;
        }

        return area;
    }
}
