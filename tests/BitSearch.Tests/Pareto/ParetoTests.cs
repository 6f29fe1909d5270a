using BitSearch.Pareto;
using CsCheck;

namespace BitSearch.Tests;

public sealed class ParetoTests
{
    // Few distinct values, so that points repeat and share coordinates.
    private static readonly Gen<Objectives> Point = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], (s, e) => new Objectives(s, e / 8.0));
    private static readonly Gen<Objectives[]> Points = Point.Array[0, 12];

    [Fact]
    public void A_point_dominates_what_is_no_better_in_anything_and_worse_in_something()
    {
        var point = new Objectives(4, 0.5);
        Assert.True(point.Dominates(new Objectives(5, 0.5)));
        Assert.True(point.Dominates(new Objectives(4, 0.6)));
        Assert.False(point.Dominates(point));
        Assert.False(point.Dominates(new Objectives(3, 0.9)));
    }

    [Fact]
    public void The_front_is_what_nothing_dominates_once_each_by_ascending_size() => Points.Sample(points =>
    {
        var brute = points.Distinct().Where(p => !points.Any(q => q.Dominates(p))).OrderBy(p => p.Size).ToList();
        Assert.Equal(brute, ParetoFront.Of(points, p => p));
    });

    [Fact]
    public void Of_equal_points_the_first_is_kept()
    {
        (string Name, Objectives At)[] items = [("b", new(1, 0.5)), ("a", new(1, 0.5)), ("c", new(2, 0.5)), ("d", new(2, 0.25))];
        Assert.Equal(["b", "d"], ParetoFront.Of(items, i => i.At).Select(i => i.Name));
    }

    [Fact]
    public void The_best_within_a_size_has_the_fewest_errors_then_the_least_size() => Gen.Select(Points, Gen.Int[0, 6]).Sample((points, size) =>
    {
        var small = points.Where(p => p.Size <= size).ToList();
        var best = ParetoFront.BestWithin(points, p => p, size).ToList();
        Assert.Equal(small.Count > 0, best.Count == 1);
        Assert.All(best, b => Assert.All(small, p => Assert.True(b.ErrorRate < p.ErrorRate || (b.ErrorRate == p.ErrorRate && b.Size <= p.Size))));
    });

    [Fact]
    public void The_hypervolume_is_the_number_of_dominated_cells() => Points.Sample(points =>
    {
        var cells = Enumerable.Range(0, 5).SelectMany(s => Enumerable.Range(0, 6).Select(e => new Objectives(s, e / 8.0)));
        var brute = cells.Count(c => points.Any(p => p.Size <= c.Size && p.ErrorRate <= c.ErrorRate)) / 8.0;
        Assert.Equal(brute, Hypervolume.Of(points, new Objectives(5, 6 / 8.0)), 12);
    });

    [Fact]
    public void Points_beyond_the_reference_add_nothing() =>
        Assert.Equal(0, Hypervolume.Of([new(9, 0.1), new(1, 0.9), new(5, 0.5)], new Objectives(5, 0.5)));

    [Fact]
    public void The_knee_is_farthest_from_the_chord() => Points.Sample(points =>
    {
        var front = ParetoFront.Of(points, p => p);
        if (front.Count < 3)
        {
            Assert.Null(Knee.Of(front));
            return;
        }

        // Twice the area of the triangle with the chord in normalised axes, which is the distance times the chord's length.
        var (a, b) = (front[0], front[^1]);
        double Scaled(double value, double from, double to) => (value - from) / (to - from);
        var below = front.Select(p => 1 - Scaled(p.Size, a.Size, b.Size) - Scaled(p.ErrorRate, b.ErrorRate, a.ErrorRate)).ToList();
        var knee = Knee.Of(front);
        Assert.Equal(below.Max() > 1e-12, knee is not null);
        Assert.True(knee is null || below[knee.Value] == below.Max());
    });

    [Fact]
    public void A_straight_or_bulging_front_has_no_knee()
    {
        Assert.Null(Knee.Of([new(0, 1), new(1, 0.5), new(2, 0)]));
        Assert.Null(Knee.Of([new(0, 1), new(1, 0.9), new(2, 0)]));
        Assert.Equal(1, Knee.Of([new(0, 1), new(1, 0.1), new(2, 0)]));
    }

    [Fact]
    public void NaN_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ParetoFront.Of([double.NaN], e => new Objectives(1, e)));
        Assert.Throws<ArgumentException>(() => Hypervolume.Of([new Objectives(double.NaN, 0)], new Objectives(1, 1)));
    }
}
