using BitSearch.Space;

namespace BitSearch.Torch.Training;

/// <summary>
/// The schedules that one step of shared training sees (the sandwich rule, Yu and Huang 2019): the widest, the narrowest, and
/// random ones of the arms in turn, each within its arm's budget.
/// </summary>
/// <param name="Spaces">The arms' spaces, at least one, of one network.</param>
/// <param name="Random">How many random ones.</param>
/// <param name="By">What the widest and the narrowest are measured by.</param>
public sealed record Sandwich(EquatableArray<SearchSpace> Spaces, int Random, BudgetMeasure By)
{
    /// <summary>The widths that a point is to serve, in ascending order.</summary>
    public IEnumerable<Bitwidth> WidthsOf(QuantizationPoint point)
    {
        var place = Spaces[0].Network.IndexOf(point.Name);
        return Spaces.SelectMany(s => s.Network.Points[place].Widths).Distinct().Order();
    }

    /// <summary>The schedules of one step.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="random">Draws the random ones.</param>
    public IReadOnlyList<Schedule> Of(int step, Random random) =>
    [
        Spaces.Select(s => s.Largest(By)).MaxBy(s => s.Footprint)!.Schedule,
        Spaces.Select(s => s.Smallest(By)).MinBy(s => s.Footprint)!.Schedule,
        .. Enumerable.Range(0, Random).Select(i => Spaces[((step * Random) + i) % Spaces.Count].Sample(random)!),
    ];
}
