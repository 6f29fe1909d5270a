using BitSearch.Reports;
using BitSearch.Trials;
using MathNet.Numerics.Distributions;

namespace BitSearch.Tests.Reports;

public sealed class ReplicatedFrontTests
{
    [Fact]
    public void A_smaller_and_always_better_point_dominates_with_certainty()
    {
        var front = ReplicatedFront.Of([new(1, [0.10, 0.11, 0.12]), new(2, [0.20, 0.21, 0.22])], new Seed(1));

        Assert.Equal((1.0, 0.0), (front.Points[0].OnFront, front.Points[0].Dominated));
        Assert.Equal((0.0, 1.0), (front.Points[1].OnFront, front.Points[1].Dominated));
        Assert.Equal([true, false], front.Points.Select(p => p.MayBeOnFront));
    }

    [Fact]
    public void A_larger_and_better_point_is_on_the_front_too()
    {
        var front = ReplicatedFront.Of([new(1, [0.20, 0.21]), new(2, [0.10, 0.11])], new Seed(1));

        Assert.Equal([1.0, 1.0], front.Points.Select(p => p.OnFront));
    }

    [Fact]
    public void Of_two_points_of_one_size_that_win_in_turn_each_dominates_in_half_of_the_resamples()
    {
        var front = ReplicatedFront.Of([new(1, [0.1, 0.2, 0.1, 0.2, 0.1]), new(1, [0.2, 0.1, 0.2, 0.1, 0.15])], new Seed(1));

        Assert.Equal(1, front.Points[0].Dominated + front.Points[1].Dominated, 0.05); // Draws in which both are equal count for neither.
        Assert.All(front.Points, p => Assert.InRange(p.Dominated, 0.2, 0.8));
    }

    // What all schedules share with a seed says nothing of their order: repeats are drawn together.
    [Fact]
    public void What_a_repeat_does_to_all_points_alike_decides_nothing()
    {
        var front = ReplicatedFront.Of([new(1, [0.11, 0.31, 0.21, 0.41]), new(1, [0.10, 0.30, 0.20, 0.40])], new Seed(1));

        Assert.Equal((1.0, 0.0), (front.Points[0].Dominated, front.Points[1].Dominated));
    }

    [Fact]
    public void Of_each_pair_it_is_known_how_often_one_dominates_the_other()
    {
        var front = ReplicatedFront.Of([new(1, [0.10, 0.11]), new(2, [0.20, 0.21]), new(3, [0.15, 0.16])], new Seed(1));

        Assert.Equal([[0.0, 0, 0], [1, 0, 0], [1, 0, 0]], front.Points.Select(p => p.DominatedBy.ToArray()));
    }

    [Fact]
    public void The_ribbon_holds_the_least_error_up_to_each_size()
    {
        var front = ReplicatedFront.Of([new(3, [0.3, 0.3]), new(1, [0.2, 0.2]), new(2, [0.1, 0.1])], new Seed(1));

        Assert.Equal([new RibbonStep(1, 0.2, 0.2, 0.2), new RibbonStep(2, 0.1, 0.1, 0.1), new RibbonStep(3, 0.1, 0.1, 0.1)], front.Ribbon);
    }

    [Fact]
    public void The_interval_of_twenty_repeats_holds_the_mean_nearly_as_often_as_it_says()
    {
        var held = Enumerable.Range(0, 400).Count(i =>
        {
            var random = new SeededRandom((ulong)i);
            var fact = ReplicatedFront.Of([new(1, [.. Enumerable.Range(0, 20).Select(_ => Normal.Sample(random, 0.5, 0.1))])], new Seed((ulong)i)).Points[0];
            return fact.Low <= 0.5 && 0.5 <= fact.High;
        });

        Assert.InRange(held / 400.0, 0.89, 0.97);
    }

    [Fact]
    public void One_repeat_or_another_number_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ReplicatedFront.Of([new(1, [0.1])], new Seed(1)));
        Assert.Throws<ArgumentException>(() => ReplicatedFront.Of([new(1, [0.1, 0.2]), new(2, [0.1, 0.2, 0.3])], new Seed(1)));
    }
}
