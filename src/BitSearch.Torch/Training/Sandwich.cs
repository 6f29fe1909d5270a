using BitSearch.Space;

namespace BitSearch.Torch.Training;

/// <summary>
/// The schedules that one step of shared training sees (the sandwich rule, Yu and Huang 2019): the widest, the narrowest, and
/// random ones of the arms in turn, each within its arm's budget.
/// </summary>
/// <param name="spaces">The arms' spaces, at least one, of one network.</param>
/// <param name="random">How many random ones.</param>
/// <param name="by">What the widest and the narrowest are measured by.</param>
public sealed class Sandwich(EquatableArray<SearchSpace> spaces, int random, BudgetMeasure by)
{
    // Each is a search over a space: found once.
    private readonly Lazy<Schedule> _widest = new(() => spaces.Select(s => s.Largest(by)).MaxBy(s => s.Footprint)!.Schedule);
    private readonly Lazy<Schedule> _narrowest = new(() => spaces.Select(s => s.Smallest(by)).MinBy(s => s.Footprint)!.Schedule);

    /// <summary>The arms' spaces.</summary>
    public EquatableArray<SearchSpace> Spaces { get; } = spaces;

    /// <summary>How many random schedules a step sees.</summary>
    public int Random { get; } = random;

    /// <summary>The widths that a point is to serve, in ascending order.</summary>
    public IEnumerable<Bitwidth> WidthsOf(QuantizationPoint point)
    {
        var place = Spaces[0].Network.IndexOf(point.Name);
        return Spaces.SelectMany(s => s.Network.Points[place].Widths).Distinct().Order();
    }

    /// <summary>The schedules of one step.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="draws">Draws the random ones.</param>
    public IReadOnlyList<Schedule> Of(int step, Random draws) =>
    [
        _widest.Value,
        _narrowest.Value,
        .. Enumerable.Range(0, Random).Select(i => Spaces[((step * Random) + i) % Spaces.Count].Sample(draws)!),
    ];
}
