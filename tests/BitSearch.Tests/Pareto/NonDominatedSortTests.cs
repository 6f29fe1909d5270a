using BitSearch.Pareto;
using CsCheck;

namespace BitSearch.Tests;

public sealed class NonDominatedSortTests
{
    private static readonly Gen<Objectives[]> Points =
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], (s, e) => new Objectives(s, e / 8.0)).Array[0, 40];

    [Fact]
    public void A_layer_is_the_front_of_what_remains_without_the_layers_before() => Points.Sample(points =>
    {
        var ranks = new int[points.Length];
        var left = Enumerable.Range(0, points.Length).ToList();
        for (var layer = 0; left.Count > 0; layer++)
        {
            var front = left.Where(i => !left.Exists(j => points[j].Dominates(points[i]))).ToList();
            front.ForEach(i => ranks[i] = layer);
            left = [.. left.Except(front)];
        }

        Assert.Equal(ranks, NonDominatedSort.Ranks(points));
    });

    [Fact]
    public void Crowding_is_the_share_of_the_extent_between_the_neighbours_in_both_objectives() => Points.Sample(points =>
    {
        var layer = points.Distinct().Where(p => !points.Any(q => q.Dominates(p))).ToList();
        var crowding = CrowdingDistance.Of(layer);
        for (var i = 0; i < layer.Count; i++)
        {
            // In a layer of distinct points neighbours in size are neighbours in error rate.
            var smaller = layer.Where(p => p.Size < layer[i].Size).OrderBy(p => p.Size).Cast<Objectives?>().LastOrDefault();
            var larger = layer.Where(p => p.Size > layer[i].Size).OrderBy(p => p.Size).Cast<Objectives?>().FirstOrDefault();
            var expected = smaller is { } a && larger is { } b
                ? ((b.Size - a.Size) / (layer.Max(p => p.Size) - layer.Min(p => p.Size)))
                    + ((a.ErrorRate - b.ErrorRate) / (layer.Max(p => p.ErrorRate) - layer.Min(p => p.ErrorRate)))
                : double.PositiveInfinity;
            Assert.Equal(expected, crowding[i], 12);
        }
    });

    [Fact]
    public void Equal_points_crowd_each_other()
    {
        var crowding = CrowdingDistance.Of([new(0, 1), new(1, 0.5), new(1, 0.5), new(1, 0.5), new(2, 0)]);
        Assert.Equal(0, crowding[2]);
        Assert.Equal(1, crowding[1]);
        Assert.Equal(double.PositiveInfinity, crowding[4]);
    }

    [Fact]
    public void NaN_is_refused() => Assert.Throws<ArgumentException>(() => NonDominatedSort.Ranks([new(1, 1), new(1, double.NaN)]));
}
