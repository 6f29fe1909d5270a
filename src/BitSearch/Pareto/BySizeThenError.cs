namespace BitSearch.Pareto;

/// <summary>A point and its place in the caller's list, ordered by size, then by error rate, then by place.</summary>
internal readonly record struct BySizeThenError(Objectives Point, int Place) : IComparable<BySizeThenError>
{
    /// <summary>The points in this order; O(n log n).</summary>
    /// <exception cref="ArgumentException">An objective is NaN.</exception>
    public static BySizeThenError[] Sorted(IEnumerable<Objectives> points)
    {
        BySizeThenError[] sorted = [.. points.Select((point, place) => new BySizeThenError(point, place))];
        foreach (var (point, place) in sorted)
        {
            if (double.IsNaN(point.Size) || double.IsNaN(point.ErrorRate))
            {
                throw new ArgumentException($"item {place} cannot be compared: an objective of {point} is NaN", nameof(points));
            }
        }

        Array.Sort(sorted);
        return sorted;
    }

    /// <inheritdoc/>
    public int CompareTo(BySizeThenError other)
    {
        var bySize = Point.Size.CompareTo(other.Point.Size);
        var byError = bySize != 0 ? bySize : Point.ErrorRate.CompareTo(other.Point.ErrorRate);
        return byError != 0 ? byError : Place.CompareTo(other.Place);
    }
}
