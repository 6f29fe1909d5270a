using System.Collections.Immutable;

namespace BitSearch.Space;

/// <summary>A part of a footprint that the widths of several points decide together.</summary>
/// <param name="Points">Places in <see cref="NetworkDescription.Points"/>, each once.</param>
/// <param name="Cost">The part, by a function that gives each of these points its bits.</param>
internal sealed record CostTerm(ImmutableArray<int> Points, Func<Func<int, long>, Footprints> Cost)
{
    /// <summary>The terms of a measure; none for measures that points decide each alone.</summary>
    public static IEnumerable<CostTerm> Of(NetworkDescription network, BudgetMeasure of) => of switch
    {
        BudgetMeasure.BitOperations => network.WeightPoints.Select(weight => Operations(network, weight)),
        BudgetMeasure.Activations => network.LiveSteps.Select(step => Peak(network, step)),
        _ => [],
    };

    /// <summary>What one point decides alone.</summary>
    public static Footprints Of(NetworkDescription network, QuantizationPoint point, Bitwidth width) => new(
        PackedLayout.PointBytes(network, point, width),
        PackedLayout.WeightBytes(network, point, width),
        point.Kind == PointKind.Weight ? point.Elements * width.Bits : 0,
        0,
        0);

    private static CostTerm Operations(NetworkDescription network, QuantizationPoint weight)
    {
        var place = network.IndexOf(weight.Name);
        var input = network.Points.Select((p, i) => (Point: p, Place: i))
            .Where(p => p.Point.Kind == PointKind.Activation && p.Point.Layer == weight.Layer).Select(p => (int?)p.Place).FirstOrDefault();
        return new CostTerm(
            input is { } read ? [place, read] : [place],
            bits => new Footprints(0, 0, 0, checked(weight.Macs * bits(place) * (input is { } i ? bits(i) : Bitwidth.Full.Bits)), 0));
    }

    private static CostTerm Peak(NetworkDescription network, LiveStep step)
    {
        var tensors = step.Tensors.Select(t => (t.Elements, Place: t.Point is null ? -1 : network.IndexOf(t.Point))).ToList();
        return new CostTerm(
            [.. tensors.Select(t => t.Place).Where(p => p >= 0).Distinct()],
            bits => new Footprints(0, 0, 0, 0, tensors.Sum(t => t.Elements * (t.Place < 0 ? Bitwidth.Full.Bits : bits(t.Place)))));
    }
}
