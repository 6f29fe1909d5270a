using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>
/// One schedule is planted, and its size is the budget. A layer with fewer bits than planted does harm that doubles with each
/// bit it lacks; more bits help next to nothing. So the planted schedule is the best within the budget: any other one that is
/// no larger lacks bits somewhere.
/// </summary>
public abstract class PlantedFamily : LandscapeFamily
{
    private const double Slope = 1e-3; // What more bits help, all layers together, in harms of one lacking bit.

    /// <inheritdoc/>
    public override SyntheticLandscape Draw(SearchSpace space, Random random)
    {
        var planted = Plant(space.Network.Points, random);
        var factors = planted.Select(_ => 0.5 + random.NextDouble()).ToArray();
        var harms = new HarmTable(planted.Length, (i, bits) =>
            (factors[i] * (Math.Pow(2, Math.Max(0, planted[i].Bits - bits)) - 1)) + (Slope * Math.Pow(4, -bits) / planted.Length));
        return new AdditiveLandscape(harms, space.Smallest(BudgetMeasure.Artifact).Schedule, new Schedule(EquatableArray.Create<Bitwidth>(planted)));
    }

    /// <summary>A width for each point, out of its own.</summary>
    protected abstract Bitwidth[] Plant(IReadOnlyList<QuantizationPoint> points, Random random);
}

/// <summary>The planted schedule goes up and down along the whole depth: no decreasing and no increasing schedule is the best.</summary>
[Component("free-wins")]
public sealed class FreeWinsFamily : PlantedFamily
{
    /// <inheritdoc/>
    protected override Bitwidth[] Plant(IReadOnlyList<QuantizationPoint> points, Random random)
    {
        var wideFirst = random.Next(2);
        return [.. points.Select((p, i) =>
        {
            var half = (p.Widths.Count + 1) / 2;
            return (i + wideFirst) % 2 == 0 ? p.Widths[random.Next(half)] : p.Widths[random.Next(half, p.Widths.Count)];
        })];
    }
}

/// <summary>The planted schedule decreases.</summary>
[Component("monotone-wins")]
public sealed class MonotoneWinsFamily : PlantedFamily
{
    /// <inheritdoc/>
    protected override Bitwidth[] Plant(IReadOnlyList<QuantizationPoint> points, Random random) =>
        [.. points.Select(p => p.Widths[random.Next(p.Widths.Count)]).OrderDescending()];
}
