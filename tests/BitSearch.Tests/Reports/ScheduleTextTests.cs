using BitSearch.Reports;
using BitSearch.Space;

namespace BitSearch.Tests.Reports;

public sealed class ScheduleTextTests
{
    [Theory]
    [InlineData("8-4-4-2-32-32-32-32", "8-4x2-2")]
    [InlineData("8-4-4-2-4-4-4-4", "8-4x2-2 a4")]
    [InlineData("1-1-1-1-8-8-8-4", "1x4 a8x3-4")]
    public void Runs_are_counted_and_full_precision_activations_are_left_out(string schedule, string text) =>
        Assert.Equal(text, ScheduleText.Of(Network(2), Schedule.Parse(schedule)));

    [Theory]
    [InlineData("2-2-2-2-4-4-4-4", false, "2 bit")]
    [InlineData("2-2-2-4-4-4-4-4", false, null)]
    [InlineData("2-2-2-4-4-4-4-4", true, "2 bit")]
    [InlineData("2-2-2-2-4-4-4-2", false, null)]
    [InlineData("32-32-32-32-32-32-32-32", false, "float")]
    [InlineData("32-32-32-32-4-4-4-4", false, "32 bit")]
    public void A_homogeneous_schedule_is_called_by_its_width(string schedule, bool baseline, string? label) =>
        Assert.Equal(label, HomogeneousLabel.Of(Network(1), Schedule.Parse(schedule), baseline));

    [Fact]
    public void Layers_that_do_not_follow_the_pattern_do_not_decide()
    {
        var network = Network(2);
        var pinned = network with { Points = network.Points.Select((p, i) => p with { FollowsPattern = i is not (0 or 3) }).ToEquatableArray() };

        Assert.Equal("2 bit a4", HomogeneousLabel.Of(pinned, Schedule.Parse("8-2-2-8-4-4-4-4"), baseline: false));
    }

    private static NetworkDescription Network(int activationWidths)
    {
        var weights = Enumerable.Range(0, 4).Select(i => FakeStudy.Weight($"l{i}", i, [10, 10])).ToList();
        var activations = weights.Select(w => w with
        {
            Name = $"{w.Layer}.input",
            Kind = PointKind.Activation,
            Widths = Enumerable.Range(4, activationWidths).Select(b => new Bitwidth(b)).ToEquatableArray(),
        });
        return new NetworkDescription("n", [1, 8, 8], 10, 1, [.. weights, .. activations], []);
    }
}
