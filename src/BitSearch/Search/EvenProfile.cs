using BitSearch.Space;

namespace BitSearch.Search;

/// <summary>
/// Schedules as homogeneous as an average between two widths allows: along the space's order each group takes the next
/// width below or above the average, whichever keeps the running surplus of bits (elements times width) smaller. Weights
/// and activations each have their own average. Pattern and budgets play no part.
/// </summary>
/// <param name="coding">The groups.</param>
/// <param name="lowest">The schedule whose average comes first.</param>
/// <param name="highest">The schedule whose average comes last.</param>
internal sealed class EvenProfile(ScheduleCoding coding, Schedule lowest, Schedule highest)
{
    private readonly Dictionary<PointKind, (double Low, double High)> _averages = Enum.GetValues<PointKind>()
        .Where(kind => coding.Groups.Any(g => g.Kind == kind))
        .ToDictionary(kind => kind, kind => (AverageBits(coding, kind, lowest), AverageBits(coding, kind, highest)));

    /// <summary>
    /// The profile of lattice point <paramref name="index"/>, from 0: the ends, then the van der Corput sequence in base 2
    /// for weights; in base 3 for activations, so that the two move independently (Halton 1960).
    /// </summary>
    public Schedule At(int index)
    {
        var places = new int[coding.Groups.Length];
        foreach (var (kind, (low, high)) in _averages.OrderBy(a => a.Key))
        {
            var share = index <= 1 ? index : VanDerCorput(index - 1, kind == PointKind.Weight ? 2 : 3);
            Fill(places, kind, low + (share * (high - low)));
        }

        return coding.Decode(places);
    }

    /// <summary>The digits of <paramref name="index"/> mirrored at the point (van der Corput 1935): in (0, 1) for 1, 2, 3 ...</summary>
    internal static double VanDerCorput(int index, int radix)
    {
        var (value, place) = (0.0, 1.0 / radix);
        for (; index > 0; index /= radix, place /= radix)
        {
            value += index % radix * place;
        }

        return value;
    }

    /// <summary>The average width of the groups of one kind that have a choice, weighted by size.</summary>
    internal static double AverageBits(ScheduleCoding coding, PointKind kind, Schedule schedule)
    {
        var groups = coding.Groups.Where(g => g.Kind == kind).ToList();
        return groups.Sum(g => (double)g.Size * schedule[g.First].Bits) / groups.Sum(g => (double)g.Size);
    }

    private void Fill(int[] places, PointKind kind, double average)
    {
        var surplus = 0.0;
        for (var i = 0; i < places.Length; i++)
        {
            var group = coding.Groups[i];
            if (group.Kind == kind)
            {
                double After(int place) => surplus + (group.Size * (group.Widths[place].Bits - average));
                var above = Enumerable.Range(0, group.Widths.Length - 1).FirstOrDefault(p => group.Widths[p].Bits >= average, group.Widths.Length - 1);
                var below = group.Widths[above].Bits > average ? Math.Max(0, above - 1) : above;
                places[i] = Math.Abs(After(below)) <= Math.Abs(After(above)) ? below : above;
                surplus = After(places[i]);
            }
        }
    }
}
