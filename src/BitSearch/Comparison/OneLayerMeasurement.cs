using BitSearch.Search;
using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>
/// What a sensitivity analysis would see of a synthetic landscape: how much the error rate rises when one point alone is
/// quantized. It holds nothing of how layers interact. It stands in for every measure that a strategy asks for, whatever its
/// name: where measures of real networks differ, here they are one and the same.
/// </summary>
internal static class OneLayerMeasurement
{
    /// <summary>The same values under each of the names; a point's own value is that of its fewest bits.</summary>
    public static Measurements Of(SearchSpace space, SyntheticLandscape landscape, IEnumerable<string> names)
    {
        var values = space.Network.Points.SelectMany((p, i) => Values(space, landscape, p, i)).ToEquatableArray();
        return new Measurements(names.Distinct().Select(name => new Measurement(name, values)));
    }

    private static IEnumerable<MeasuredValue> Values(SearchSpace space, SyntheticLandscape landscape, QuantizationPoint point, int place)
    {
        var values = point.Widths.Select(w => new MeasuredValue(point.Name, w, Alone(space, landscape, place, w))).ToList();
        return values.Append(values[0] with { Width = Bitwidth.Full }).DistinctBy(v => v.Width);
    }

    private static double Alone(SearchSpace space, SyntheticLandscape landscape, int place, Bitwidth width) => landscape.ErrorRate(
        Schedule.Homogeneous(space.Network.Points.Count, Bitwidth.Full).With(place, width)) - SyntheticLandscape.FloatError;
}
