using BitSearch.Reports;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests.Reports;

public sealed class ExplanationTests
{
    private static readonly NetworkDescription Network = SearchSpace.Of(
        TestNetworks.Of("chain", ("a", [8, 3, 3, 3]), ("b", [8, 8, 3, 3]), ("c", [16, 8, 3, 3]), ("d", [10, 16])) is var n
            ? n with { Points = n.WeightPoints.ToEquatableArray() } : null!,
        new SpaceRules(TestNetworks.Bits(2, 4, 8)) { First = new RoleRule(Pinned: new Bitwidth(8)) }, SchedulePattern.Free, []).Network;

    private static readonly Schedule Schedule = Schedule.Parse("8-4-2-8");

    private static readonly Trial Trial = new(3, "arm", Schedule, 0, new TrialOutcome.Completed(0.25, 1)) { Artifact = Ledger.Of(Network, Schedule).Total };

    [Fact]
    public void Neighbours_are_one_width_away_in_one_searched_layer() => Assert.Equal(
        ["8-2-2-8", "8-8-2-8", "8-4-4-8", "8-4-2-4"], Explanation.Neighbours(Network, Schedule).Select(s => s.ToString()));

    [Fact]
    public void Each_layer_has_what_it_saves_and_what_a_step_either_way_does()
    {
        var explanation = Of(new() { ["8-2-2-8"] = [true, false, false, false], ["8-8-2-8"] = [true, true, true, true] });

        var b = explanation.Layers[1];
        Assert.Equal((4, 2, 8), (b.Width.Bits, b.Narrower!.Width.Bits, b.Wider!.Width.Bits));
        Assert.Equal((-50, 25), (b.Narrower.Points, b.Wider.Points));
        Assert.Equal(Ledger.Of(Network, Schedule.Parse("8-2-2-8")).Total.Bytes - Trial.Artifact.Bytes, b.Narrower.Bytes);
        Assert.True(b.Narrower.Bytes < 0 && b.Wider.Bytes > 0);
        Assert.Equal(-50.0 / b.Narrower.Bytes * 1024, b.Narrower.PointsPerKiB);
        Assert.Equal(PackedLayout.PointBytes(Network, b.Point, Bitwidth.Full) - b.Bytes, b.Saved);
        Assert.Equal(0.5, b.Sensitivity);
        Assert.Null(explanation.Layers[0].Narrower);
        Assert.Null(explanation.Layers[2].Narrower);
        Assert.Null(explanation.Layers[3].Wider);
    }

    [Fact]
    public void Depth_is_correlated_over_the_layers_that_were_free() => Assert.Equal(3, Of([]).Depth.Count);

    // Fleiss 1981: the standard error of the difference of paired shares, here 3 and 1 of 10 discordant images.
    [Fact]
    public void The_interval_is_that_of_paired_proportions()
    {
        bool[] before = [false, false, false, true, .. Enumerable.Repeat(true, 6)], after = [true, true, true, false, .. Enumerable.Repeat(true, 6)];
        var change = WidthChange.Of(new Bitwidth(2), -1024, before, after);

        var error = 1.959964 * Math.Sqrt((0.4 - 0.04) / 10) * 100;
        Assert.Equal(20, change.Points, 1e-9);
        Assert.Equal(20 - error, change.Low, 1e-9);
        Assert.Equal(20 + error, change.High, 1e-9);
        Assert.Equal(-20, change.PointsPerKiB, 1e-9);
    }

    [Fact]
    public void Tied_layers_move_together()
    {
        var tied = Network with { Points = Network.Points.Select(p => p.Layer is "b" or "c" ? p with { TieGroup = "t" } : p).ToEquatableArray() };

        Assert.Equal(["8-2-2-8", "8-8-8-8", "8-4-4-4"], Explanation.Neighbours(tied, Schedule.Parse("8-4-4-8")).Select(s => s.ToString()));
    }

    private static Explanation Of(Dictionary<string, bool[]> others)
    {
        var right = new Dictionary<Schedule, IReadOnlyList<bool>> { [Schedule] = [true, true, true, false] };
        foreach (var neighbour in Explanation.Neighbours(Network, Schedule))
        {
            right[neighbour] = others.GetValueOrDefault(neighbour.ToString()) ?? [true, true, true, false];
        }

        return Explanation.Of(Network, Trial, new Measurement("m", [new MeasuredValue("b.weight", new Bitwidth(4), 0.5)]), right, new Seed(1));
    }
}
