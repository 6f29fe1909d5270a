using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Statistics;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>What a trained network's accuracy does when one layer takes another width, without training.</summary>
/// <param name="Width">The other width.</param>
/// <param name="Bytes">The bytes of the packed file more, or below 0 less.</param>
/// <param name="Points">Points of validation accuracy more, or below 0 less.</param>
/// <param name="Low">The lower end of its 95 % interval over the images.</param>
/// <param name="High">The upper end.</param>
public sealed record WidthChange(Bitwidth Width, long Bytes, double Points, double Low, double High)
{
    private const double Normal95 = 1.959964;

    /// <summary>Points of accuracy for each KiB, whether added or saved: how much a KiB is worth in this layer.</summary>
    public double PointsPerKiB => Points / Bytes * 1024;

    /// <summary>
    /// Compares image by image. The interval is that of the difference of paired proportions (Wald, Fleiss 1981, section 8.1).
    /// </summary>
    /// <param name="width">The other width.</param>
    /// <param name="bytes">The bytes more.</param>
    /// <param name="before">Whether the network is right, image by image.</param>
    /// <param name="after">The same with the other width.</param>
    public static WidthChange Of(Bitwidth width, long bytes, IReadOnlyList<bool> before, IReadOnlyList<bool> after)
    {
        var paired = McNemarTest.Of(after, before);
        var (n, difference) = (before.Count, (double)(paired.FirstAlone - paired.SecondAlone) / before.Count);
        var error = Math.Sqrt(((double)(paired.FirstAlone + paired.SecondAlone) / n) - (difference * difference)) / Math.Sqrt(n);
        return new WidthChange(width, bytes, 100 * difference, 100 * (difference - (Normal95 * error)), 100 * (difference + (Normal95 * error)));
    }
}

/// <summary>Why a layer has its width.</summary>
/// <param name="Point">The layer's weights.</param>
/// <param name="Width">Their width.</param>
/// <param name="Bytes">What they take in the packed file.</param>
/// <param name="Saved">How many bytes fewer than at full precision.</param>
/// <param name="Sensitivity">The measured sensitivity at this width; null: not measured.</param>
/// <param name="Narrower">With the next narrower width that the space allows; null: there is none.</param>
/// <param name="Wider">With the next wider one.</param>
public sealed record LayerExplanation(
    QuantizationPoint Point, Bitwidth Width, long Bytes, long Saved, double? Sensitivity, WidthChange? Narrower, WidthChange? Wider)
{
    /// <summary>Counts the bytes of a layer's weights.</summary>
    public static LayerExplanation Of(
        NetworkDescription network, QuantizationPoint point, Bitwidth width, double? sensitivity, WidthChange? narrower, WidthChange? wider)
    {
        var bytes = PackedLayout.PointBytes(network, point, width);
        return new LayerExplanation(point, width, bytes, PackedLayout.PointBytes(network, point, Bitwidth.Full) - bytes, sensitivity, narrower, wider);
    }
}

/// <summary>A schedule explained layer by layer, and how its widths go with depth.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Layers">Every weight layer along depth.</param>
/// <param name="Depth">Of depth and width over the layers whose width was free to choose.</param>
/// <param name="DepthAtSize">The same with the layers' sizes held fixed.</param>
public sealed record Explanation(Trial Trial, EquatableArray<LayerExplanation> Layers, RankCorrelation Depth, RankCorrelation DepthAtSize)
{
    /// <summary>The schedules to be scored: each of the searched layers with its next narrower and next wider width. Ties move together.</summary>
    /// <param name="network">The points with the widths that the space allows.</param>
    /// <param name="schedule">The schedule explained.</param>
    public static IReadOnlyList<Schedule> Neighbours(NetworkDescription network, Schedule schedule) =>
        [.. network.Points.Where(IsSearched).SelectMany(p => new[] { -1, 1 }, (p, step) => Changed(network, schedule, p, step)).OfType<Schedule>().Distinct()];

    /// <summary>Puts it together.</summary>
    /// <param name="network">The points with the widths that the space allows.</param>
    /// <param name="trial">The trial explained.</param>
    /// <param name="sensitivity">A measurement; null: none.</param>
    /// <param name="right">Whether the network is right, image by image: of the schedule itself and of every one of <see cref="Neighbours"/>.</param>
    /// <param name="seed">Decides the permutations.</param>
    public static Explanation Of(
        NetworkDescription network, Trial trial, Measurement? sensitivity, IReadOnlyDictionary<Schedule, IReadOnlyList<bool>> right, Seed seed)
    {
        var (schedule, before) = (trial.Schedule, right[trial.Schedule]);
        var layers = network.WeightPoints.Select(point =>
        {
            var width = schedule[network.IndexOf(point.Name)];
            return LayerExplanation.Of(network, point, width, sensitivity?.Of(point.Name, width), Change(point, -1), Change(point, 1));
        }).ToEquatableArray();
        return Of(trial, layers, seed);

        WidthChange? Change(QuantizationPoint point, int step) => IsSearched(point) && Changed(network, schedule, point, step) is { } changed
            ? WidthChange.Of(changed[network.IndexOf(point.Name)], Ledger.Of(network, changed).Total.Bytes - trial.Artifact.Bytes, before, right[changed])
            : null;
    }

    /// <summary>Adds how widths go with depth.</summary>
    /// <param name="trial">The trial explained.</param>
    /// <param name="layers">Every weight layer along depth, its point with the widths that the space allows.</param>
    /// <param name="seed">Decides the permutations.</param>
    public static Explanation Of(Trial trial, EquatableArray<LayerExplanation> layers, Seed seed)
    {
        var free = layers.Where(l => IsSearched(l.Point)).ToList();
        double[] Each(Func<LayerExplanation, double> value) => [.. free.Select(value)];
        var (depth, width) = (Each(l => l.Point.Depth), Each(l => l.Width.Bits));
        return new Explanation(trial, layers, RankCorrelation.Of(depth, width, seed), RankCorrelation.Partial(depth, width, Each(l => l.Point.Elements), seed));
    }

    private static bool IsSearched(QuantizationPoint point) => point is { Kind: PointKind.Weight, Widths.Count: > 1 };

    // The next width in that direction for the point and all that are tied to it; null where one of them has no such width.
    private static Schedule? Changed(NetworkDescription network, Schedule schedule, QuantizationPoint point, int step)
    {
        var place = point.Widths.ToList().IndexOf(schedule[network.IndexOf(point.Name)]) + step;
        if (place < 0 || place >= point.Widths.Count)
        {
            return null;
        }

        var tied = network.Points.Where(p => p == point || (point.TieGroup is not null && p.TieGroup == point.TieGroup)).ToList();
        return tied.TrueForAll(p => p.Widths.Contains(point.Widths[place]))
            ? tied.Aggregate(schedule, (changed, p) => changed.With(network.IndexOf(p.Name), point.Widths[place]))
            : null;
    }
}
