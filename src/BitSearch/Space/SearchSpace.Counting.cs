using System.Numerics;

namespace BitSearch.Space;

public sealed partial record SearchSpace
{
    /// <summary>
    /// The exact number of schedules within the budgets. At once where the budgets admit nothing or everything; otherwise
    /// in time and memory proportional to the distinct partial footprints that a budget can still decide.
    /// </summary>
    public BigInteger Count() => Counter.Count(Root);

    /// <summary>The exact number of schedules if there were no budgets. Takes no time.</summary>
    public BigInteger CountUnlimited() => Tree.All(Root);

    /// <summary>The schedule number <paramref name="index"/> in the order of <see cref="Enumerate"/>.</summary>
    /// <param name="index">0 up to but not including <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such schedule.</exception>
    public Schedule Nth(BigInteger index) =>
        Nth(index, []) ?? throw new ArgumentOutOfRangeException(nameof(index), index, $"there are {Count()} schedules");

    /// <summary>The schedule number <paramref name="index"/> among those that are not in <paramref name="except"/>.</summary>
    /// <param name="index">From 0, not negative.</param>
    /// <param name="except">Schedules to leave out; repetitions and strangers to the space count for nothing.</param>
    /// <returns>The schedule, or null if there are not so many.</returns>
    public Schedule? Nth(BigInteger index, IEnumerable<Schedule> except)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return Counter.Nth(Root, index, Inside(except));
    }

    /// <summary>A schedule within the budgets, each with the same probability.</summary>
    /// <param name="random">Where the choice comes from.</param>
    /// <returns>The schedule, or null if the space is empty.</returns>
    public Schedule? Sample(Random random) => Sample(random, []);

    /// <summary>A schedule that is not in <paramref name="except"/>, each with the same probability.</summary>
    /// <param name="random">Where the choice comes from.</param>
    /// <param name="except">Schedules to leave out; repetitions and strangers to the space count for nothing.</param>
    /// <returns>The schedule, or null if none is left.</returns>
    public Schedule? Sample(Random random, IEnumerable<Schedule> except)
    {
        var inside = Inside(except);
        var left = Count() - inside.Count;
        return left.IsZero ? null : Counter.Nth(Root, Below(random, left), inside);
    }

    /// <summary>The exact number of schedules whose packed file has at least so many bytes.</summary>
    public BigInteger CountFrom(MemorySize least) => Count() - Counter.Count(Below(least));

    /// <summary>A schedule whose packed file has at least so many bytes, each with the same probability.</summary>
    /// <param name="random">Where the choice comes from.</param>
    /// <param name="least">The lower end of the band; the budgets are the upper one.</param>
    /// <returns>The schedule, or null if the band is empty.</returns>
    public Schedule? SampleFrom(Random random, MemorySize least)
    {
        var count = CountFrom(least);
        return count.IsZero ? null : Counter.NthBetween(Root, Below(least), Below(random, count));
    }

    // The root of what is smaller than so many bytes.
    private TreeNode Below(MemorySize least) =>
        Tree.Root(Footprints.Limits(Budgets.Append(new Budget(least - MemorySize.FromBytes(1), BudgetMeasure.Artifact))));

    /// <summary>
    /// All schedules in a fixed order, one at a time: widest first at the first group of points, then at the second, and
    /// so on; groups of weights in order of depth, then those of activations. What cannot fit is never walked into.
    /// </summary>
    public IEnumerable<Schedule> Enumerate() => Tree.IsHopeless(Root) ? [] : Walk(Root, new Bitwidth[Tree.Depth]);

    private IEnumerable<Schedule> Walk(TreeNode node, Bitwidth[] widths)
    {
        if (node.Level == Tree.Depth)
        {
            yield return Tree.Schedule(widths);
            yield break;
        }

        foreach (var (width, _, child) in Tree.Children(node, widestFirst: true))
        {
            widths[node.Level] = width;
            foreach (var schedule in Walk(child, widths))
            {
                yield return schedule;
            }
        }
    }

    private List<Schedule> Inside(IEnumerable<Schedule> schedules) => [.. schedules.Distinct().Where(Contains)];

    // Uniform in 0 .. count-1 by rejection: as many random bits as count has, until they are below it.
    private static BigInteger Below(Random random, BigInteger count)
    {
        var bits = (int)(count - 1).GetBitLength();
        var bytes = new byte[(bits + 7) / 8];
        BigInteger draw;
        do
        {
            random.NextBytes(bytes);
            draw = new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << bits) - 1);
        }
        while (draw >= count);

        return draw;
    }
}
