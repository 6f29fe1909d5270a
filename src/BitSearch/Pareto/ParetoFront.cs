namespace BitSearch.Pareto;

/// <summary>What is worth choosing from.</summary>
public static class ParetoFront
{
    /// <summary>
    /// The items that no other dominates, by ascending size, which is by descending error rate; of equal items the first.
    /// O(n log n).
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="objectives">What each is judged by.</param>
    /// <exception cref="ArgumentException">An objective is NaN.</exception>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> items, Func<T, Objectives> objectives)
    {
        T[] all = [.. items];
        var points = Array.ConvertAll(all, item => objectives(item));
        var front = new List<T>();
        var lowest = double.PositiveInfinity;
        foreach (var place in SizeThenError.Order(points))
        {
            if (points[place].ErrorRate < lowest || front.Count == 0)
            {
                front.Add(all[place]);
                lowest = points[place].ErrorRate;
            }
        }

        return front;
    }

    /// <summary>The items with the fewest errors among those of at most this size; of several the smallest, then the first.</summary>
    /// <param name="items">The items.</param>
    /// <param name="objectives">What each is judged by.</param>
    /// <param name="size">The limit, included.</param>
    /// <returns>One item, or none if none is small enough.</returns>
    /// <exception cref="ArgumentException">An objective is NaN.</exception>
    public static IEnumerable<T> BestWithin<T>(IEnumerable<T> items, Func<T, Objectives> objectives, double size) =>
        Judged(items, objectives).Where(j => j.Point.Size <= size)
            .OrderBy(j => j.Point.ErrorRate).ThenBy(j => j.Point.Size).Select(j => j.Item).Take(1);

    private static IEnumerable<(T Item, Objectives Point)> Judged<T>(IEnumerable<T> items, Func<T, Objectives> objectives) =>
        items.Select(item => objectives(item) is { Size: not double.NaN, ErrorRate: not double.NaN } point
            ? (item, point)
            : throw new ArgumentException($"{item} cannot be compared: an objective is NaN", nameof(items)));
}
