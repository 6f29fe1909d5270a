namespace BitSearch.Pareto;

/// <summary>Where a front bends most.</summary>
public static class Knee
{
    /// <summary>
    /// The place of the point farthest below the chord between the front's ends, both objectives scaled to 0..1 over the
    /// front (Das 1999); the first of several.
    /// </summary>
    /// <param name="front">By ascending size and descending error rate, as <see cref="ParetoFront.Of"/> gives it.</param>
    /// <returns>The place, or null for fewer than three points or when none lies below the chord.</returns>
    public static int? Of(IReadOnlyList<Objectives> front)
    {
        if (front.Count < 3)
        {
            return null;
        }

        var (first, last) = (front[0], front[^1]);
        double Below(Objectives p) =>
            1 - ((p.Size - first.Size) / (last.Size - first.Size)) - ((p.ErrorRate - last.ErrorRate) / (first.ErrorRate - last.ErrorRate));
        var knee = Enumerable.Range(0, front.Count).MaxBy(i => Below(front[i]));
        return Below(front[knee]) > 1e-12 ? knee : null;
    }
}
