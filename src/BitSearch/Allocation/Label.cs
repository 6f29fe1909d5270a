namespace BitSearch.Allocation;

/// <summary>A partial schedule: choices up to a level, with sums over them.</summary>
/// <param name="Parent">Without the last choice; null before the first.</param>
/// <param name="Choice">The last choice.</param>
/// <param name="Last">What the pattern has to know.</param>
/// <param name="Sensitivity">Summed so far.</param>
/// <param name="Costs">Summed so far, one for each limit.</param>
/// <param name="Bound">No completion has less sensitivity.</param>
internal sealed record Label(Label? Parent, int Choice, int Last, double Sensitivity, long[] Costs, double Bound)
{
    /// <summary>Whether <paramref name="other"/> is no better in anything that later levels see.</summary>
    public bool Dominates(Label other)
    {
        if (Last != other.Last || Sensitivity > other.Sensitivity)
        {
            return false;
        }

        for (var k = 0; k < Costs.Length; k++)
        {
            if (Costs[k] > other.Costs[k])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>By pattern state, then costs in the order of the limits, then sensitivity, then fewer bits late.</summary>
    public static int ByCost(Label a, Label b)
    {
        var order = a.Last != b.Last ? a.Last.CompareTo(b.Last) : CompareCosts(a, b);
        order = order != 0 ? order : a.Sensitivity.CompareTo(b.Sensitivity);
        return order != 0 ? order : CompareChoices(a, b);
    }

    /// <summary>The order of answers: sensitivity, then costs in the order of the limits, then fewer bits late.</summary>
    public static int ByWorth(Label a, Label b)
    {
        var order = a.Sensitivity.CompareTo(b.Sensitivity);
        order = order != 0 ? order : CompareCosts(a, b);
        return order != 0 ? order : CompareChoices(a, b);
    }

    private static int CompareCosts(Label a, Label b)
    {
        for (var k = 0; k < a.Costs.Length; k++)
        {
            if (a.Costs[k] != b.Costs[k])
            {
                return a.Costs[k].CompareTo(b.Costs[k]);
            }
        }

        return 0;
    }

    // Fewer bits in the last group in which they differ.
    private static int CompareChoices(Label a, Label b)
    {
        while (a.Choice == b.Choice && a.Parent is not null && b.Parent is not null && !ReferenceEquals(a, b))
        {
            (a, b) = (a.Parent, b.Parent);
        }

        return a.Choice.CompareTo(b.Choice);
    }
}
