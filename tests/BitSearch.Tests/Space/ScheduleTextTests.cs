using BitSearch.Space;

namespace BitSearch.Tests;

public sealed class ScheduleTextTests
{
    private static readonly NetworkDescription Network = TestNetworks.Of("chain", ("a", [4, 3]), ("b", [4, 4]), ("c", [2, 4]));

    [Theory]
    [InlineData("8-1x2", "8-1-1-4-4-4")]
    [InlineData("2-3-4", "2-3-4-4-4-4")]
    [InlineData("1x6", "1-1-1-1-1-1")]
    [InlineData("8-4-2-1-2-8", "8-4-2-1-2-8")]
    [InlineData("8-4", null)]
    [InlineData("8-4-2-1", null)]
    [InlineData("8-x-2", null)]
    [InlineData("8-1x99", null)]
    [InlineData("8-1x2x1", null)]
    [InlineData("8-33-2", null)]
    [InlineData("", null)]
    public void A_width_for_each_weight_or_for_each_point_is_a_schedule(string text, string? schedule) =>
        Assert.Equal(schedule, ScheduleText.Read(Fixed(4), text)?.ToString());

    [Fact]
    public void Tied_activations_follow_their_weights()
    {
        var tied = Network with { Points = Network.Points.Select(p => p with { TieGroup = p.Layer }).ToEquatableArray() };

        Assert.Equal("8-2-1-8-2-1", ScheduleText.Read(tied, "8-2-1")!.ToString());
    }

    [Fact]
    public void Activations_with_a_choice_have_to_be_given() =>
        Assert.Null(ScheduleText.Read(Network with { Points = Network.Points.Select(p => p with { Widths = TestNetworks.Bits(2, 4) }).ToEquatableArray() }, "8-2-1"));

    [Fact]
    public void What_is_written_short_is_read_back()
    {
        var network = Fixed(4);
        var schedule = Schedule.Parse("8-2-2-4-4-4");

        Assert.Equal("8-2x2 a4", ScheduleText.Of(network, schedule));
        Assert.Equal(schedule, ScheduleText.Read(network, "8-2x2"));
    }

    private static NetworkDescription Fixed(int bits) => Network with
    {
        Points = Network.Points.Select(p => p.Kind == PointKind.Activation ? p with { Widths = TestNetworks.Bits(bits) } : p).ToEquatableArray(),
    };
}
