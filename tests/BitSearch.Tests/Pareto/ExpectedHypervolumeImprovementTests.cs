using BitSearch.Pareto;
using BitSearch.Trials;
using CsCheck;
using MathNet.Numerics.Distributions;

namespace BitSearch.Tests;

public sealed class ExpectedHypervolumeImprovementTests
{
    private static readonly Objectives Reference = new(8, 1);

    // Points beyond the reference among them.
    private static readonly Gen<IReadOnlyList<Objectives>> Front =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9], (s, e) => new Objectives(s, e / 8.0)).Array[0, 10].Select(points => ParetoFront.Of(points, p => p));

    [Fact]
    public void It_is_the_mean_of_what_drawn_points_add()
    {
        // The normal's quantiles at 20,000 equal steps: the mean over them is a midpoint rule in probability.
        var draws = Enumerable.Range(0, 20_000).Select(i => Normal.InvCDF(0, 1, (i + 0.5) / 20_000)).ToArray();
        Gen.Select(Front, Gen.Int[0, 9], Gen.Double[-0.2, 1.2], Gen.Double[0.01, 0.5]).Sample(
            (front, size, mean, deviation) =>
            {
                var before = Hypervolume.Of(front, Reference);
                var simulated = draws.Average(z => Hypervolume.Of(front.Append(new Objectives(size, mean + (deviation * z))), Reference) - before);
                var expected = ExpectedHypervolumeImprovement.Of(front, Reference, size, mean, deviation);
                Assert.True(Math.Abs(simulated - expected) < 1e-3 * Math.Max(1, expected), $"{simulated} is not {expected}");
            },
            iter: 20);
    }

    [Fact]
    public void It_agrees_with_independent_draws()
    {
        var random = new SeededRandom(5);
        Objectives[] front = [new(1, 0.9), new(3, 0.5), new(6, 0.2)];
        var before = Hypervolume.Of(front, Reference);
        var gains = Enumerable.Range(0, 40_000)
            .Select(_ => Hypervolume.Of(front.Append(new Objectives(2, Normal.Sample(random, 0.6, 0.2))), Reference) - before).ToList();
        var error = Math.Sqrt(gains.Sum(g => Math.Pow(g - gains.Average(), 2))) / gains.Count;
        Assert.InRange(ExpectedHypervolumeImprovement.Of(front, Reference, 2, 0.6, 0.2), gains.Average() - (4 * error), gains.Average() + (4 * error));
    }

    [Fact]
    public void A_certain_point_is_worth_what_it_adds() => Gen.Select(Front, Gen.Int[0, 9], Gen.Int[0, 9]).Sample((front, size, error) =>
    {
        var point = new Objectives(size, error / 8.0);
        var added = Hypervolume.Of(front.Append(point), Reference) - Hypervolume.Of(front, Reference);
        Assert.Equal(added, ExpectedHypervolumeImprovement.Of(front, Reference, size, point.ErrorRate, 0), 12);
    });

    [Fact]
    public void Doubt_is_worth_something()
    {
        Objectives[] front = [new(2, 0.5)];
        Assert.Equal(0, ExpectedHypervolumeImprovement.Of(front, Reference, 4, 0.6, 0));
        Assert.True(ExpectedHypervolumeImprovement.Of(front, Reference, 4, 0.6, 0.1) > 0);
        Assert.Equal(0, ExpectedHypervolumeImprovement.Of(front, Reference, 8, 0, 0.1));
    }
}
