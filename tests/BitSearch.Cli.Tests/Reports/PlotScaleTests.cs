using BitSearch.Cli.Reports;
using CsCheck;

namespace BitSearch.Cli.Tests.Reports;

public sealed class PlotScaleTests
{
    [Fact]
    public void Sizes_over_more_than_a_factor_of_three_are_logarithmic_with_powers_of_two()
    {
        var scale = PlotScale.Sizes([40, 1000]);

        Assert.True(scale.IsLog);
        Assert.Equal(["64", "128", "256", "512", "1,024"], scale.Ticks.Select(t => t.Label));
        Assert.Equal(6, scale.Of(64), 1e-12);
    }

    [Fact]
    public void Sizes_close_together_are_linear()
    {
        var scale = PlotScale.Sizes([40, 60]);

        Assert.False(scale.IsLog);
        Assert.Equal(["40", "45", "50", "55", "60"], scale.Ticks.Select(t => t.Label));
    }

    [Fact]
    public void Accuracies_far_apart_leave_room_at_the_top_and_survive_no_error_at_all()
    {
        var scale = PlotScale.AccuraciesOf([0.9, 0.1, 0.0]);

        Assert.True(scale.IsLog);
        Assert.True(double.IsFinite(scale.Of(0)) && scale.Of(0) > scale.Of(0.1) && scale.Of(0) < scale.High);
    }

    [Fact]
    public void Every_value_lies_between_the_ends_and_ticks_are_labelled_once() =>
        Gen.Select(Gen.Double[0.01, 1e6].Array[0, 20], Gen.Double[0, 1].Array[0, 20]).Sample((sizes, errors) =>
        {
            var (along, up) = (PlotScale.Sizes(sizes), PlotScale.AccuraciesOf(errors));

            Assert.All(sizes, s => Assert.InRange(along.Of(s), along.Low, along.High));
            Assert.All(errors, e => Assert.InRange(up.Of(e), up.Low, up.High));
            Assert.All([along, up], s => Assert.Equal(s.Ticks.Count, s.Ticks.Select(t => t.Label).Distinct().Count()));
            Assert.All([along, up], s => Assert.All(s.Ticks, t => Assert.InRange(t.At, s.Low, s.High)));
        });

    [Fact]
    public void Positive_values_over_more_than_a_decade_are_logarithmic_and_others_linear()
    {
        var decades = PlotScale.Values([1e-6, 0.5]);
        Assert.True(decades.IsLog);
        Assert.Equal(["1E-06", "1E-05", "0.0001", "0.001", "0.01", "0.1", "1"], decades.Ticks.Select(t => t.Label));
        Assert.Equal(-3, decades.Of(0.001), 1e-12);
        Assert.False(PlotScale.Values([-0.3, 0.5]).IsLog);
        Assert.False(PlotScale.Values([0.4, 0.5]).IsLog);
    }

    [Fact]
    public void Values_of_both_signs_that_are_small_but_for_a_few_are_logarithmic_on_both_sides_of_zero()
    {
        var scale = PlotScale.Values([-2, -0.001, 0.002, 0.001, 0.003, 3]);

        Assert.True(scale.IsLog);
        Assert.Equal(["-1", "-0.1", "-0.01", "0", "0.01", "0.1", "1"], scale.Ticks.Select(t => t.Label));
        Assert.Equal(0, scale.Of(0));
        Assert.Equal(-scale.Of(0.5), scale.Of(-0.5));
    }

    [Fact]
    public void Any_values_lie_inside_their_scale() => Gen.Double[-1e6, 1e6].Array[1, 20].Sample(values =>
    {
        var scale = PlotScale.Values(values);
        Assert.All(values, v => Assert.InRange(scale.Share(v), 0, 1));
        Assert.All(scale.Ticks, t => Assert.InRange(t.At, scale.Low, scale.High));
    });
}
