using BitSearch.Space;

namespace BitSearch.Tests;

public sealed class SpaceRulesTests
{
    private static readonly NetworkDescription Chain = TestNetworks.Of("chain", ("conv1", [4, 3]), ("conv2", [4, 4]), ("conv3", [4, 4]), ("fc", [2, 4]));
    private static readonly SpaceRules Rules = new(TestNetworks.Bits(8, 4, 2, 1));

    private static SearchSpace Space(SpaceRules rules, SchedulePattern pattern = SchedulePattern.Free, NetworkDescription? network = null) =>
        SearchSpace.Of(network ?? Chain, rules, pattern, []);

    private static string[] Mistakes(SpaceRules rules, SchedulePattern pattern = SchedulePattern.Free, NetworkDescription? network = null) =>
        [.. Assert.Throws<PlanException>(() => Space(rules, pattern, network)).Problems.Select(p => p.ToString())];

    private static string[] Widths(SearchSpace space) => [.. space.Network.Points.Select(p => string.Join(',', p.Widths))];

    /// <summary>The chain with a projection beside conv2, tied to it by the network.</summary>
    private static NetworkDescription WithProjection() => Chain with
    {
        Points = Chain.Points
            .Select(p => p.Name switch
            {
                "conv2.weight" => p with { TieGroup = "block1" },
                "conv3.weight" => p with { TieGroup = "block1", Role = LayerRole.Projection },
                _ => p,
            }).ToEquatableArray(),
    };

    [Fact]
    public void Weights_are_searched_and_activations_stay_full_unless_said_otherwise() =>
        Assert.Equal(["1,2,4,8", "1,2,4,8", "1,2,4,8", "1,2,4,8", "32", "32", "32", "32"], Widths(Space(Rules)));

    [Fact]
    public void Activations_can_be_fixed()
    {
        var space = Space(Rules with { Activations = new(new Bitwidth(8)) }, SchedulePattern.Homogeneous);
        Assert.Equal("8", Widths(space)[^1]);
        Assert.Equal(4, space.Count());
    }

    [Fact]
    public void Searched_activations_follow_the_pattern_among_themselves()
    {
        var rules = Rules with { Activations = new(Widths: TestNetworks.Bits(4, 8)) };
        Assert.Equal(4 * 2, Space(rules, SchedulePattern.Homogeneous).Count());
        Assert.Equal(35 * 5, Space(rules, SchedulePattern.Decreasing).Count());
        Assert.True(Space(rules, SchedulePattern.Decreasing).Contains(Schedule.Parse("2-1-1-1-8-8-4-4")));
        Assert.False(Space(rules, SchedulePattern.Decreasing).Contains(Schedule.Parse("2-1-1-1-8-4-8-4")));
    }

    [Fact]
    public void Tied_activations_have_their_weights_width()
    {
        var space = Space(Rules with { Activations = new(Tied: true), First = new(Pinned: new Bitwidth(8)) }, SchedulePattern.Decreasing);
        Assert.Equal(20, space.Count());
        Assert.Null(space.WhyNot(Schedule.Parse("8-4-2-1-8-4-2-1")));
        Assert.Contains("are tied", space.WhyNot(Schedule.Parse("8-4-2-1-8-4-2-2")), StringComparison.Ordinal);
    }

    [Fact]
    public void First_and_last_can_be_pinned_floored_or_freed_and_are_exempt_then()
    {
        var space = Space(Rules with { First = new(Pinned: new Bitwidth(16)), Last = new(Floor: new Bitwidth(4)) }, SchedulePattern.Homogeneous);
        Assert.Equal(["16", "1,2,4,8", "1,2,4,8", "4,8"], Widths(space)[..4]);
        Assert.Equal(1 * 4 * 2, space.Count());
        Assert.Equal(4 * 4, Space(Rules with { Last = new(Free: true) }, SchedulePattern.Homogeneous).Count());
        Assert.Equal("16-2x2-4", space.Describe(space.Homogeneous(new Bitwidth(2))!));
        Assert.Equal("16-8x3", space.Describe(space.Homogeneous(new Bitwidth(8))!));
        Assert.Null(space.Homogeneous(new Bitwidth(16)));
        Assert.Equal(TestNetworks.Bits(1, 2, 4, 8), space.HomogeneousWidths);
    }

    [Fact]
    public void Projections_are_tied_to_their_blocks_first_convolution_only_if_the_plan_says_so()
    {
        Assert.Equal(4 * 4 * 4 * 4, Space(Rules, network: WithProjection()).Count());
        Assert.Equal(4 * 4 * 4, Space(Rules with { Projections = new(Tied: true) }, network: WithProjection()).Count());
        var pinned = Space(Rules with { Projections = new(Pinned: new Bitwidth(8)) }, SchedulePattern.Homogeneous, WithProjection());
        Assert.Equal(4, pinned.Count());
    }

    [Fact]
    public void The_last_override_that_matches_holds_and_layer_names_mean_weights()
    {
        var space = Space(Rules with
        {
            Overrides =
            [
                new("*", TestNetworks.Bits(2, 3)), new("conv?", TestNetworks.Bits(5)), new("conv2", TestNetworks.Bits(6, 7)),
                new("*.input", TestNetworks.Bits(8)), new("fc.input", TestNetworks.Bits(4, 8)),
            ],
        });
        Assert.Equal(["5", "6,7", "5", "2,3", "8", "8", "8", "4,8"], Widths(space));
    }

    [Fact]
    public void An_override_may_hold_under_some_patterns_alone()
    {
        var rules = Rules with { Overrides = [new("conv1", TestNetworks.Bits(8), [SchedulePattern.Decreasing])] };
        Assert.Equal("8", Widths(Space(rules, SchedulePattern.Decreasing))[0]);
        Assert.Equal("1,2,4,8", Widths(Space(rules))[0]);
    }

    [Fact]
    public void In_the_homogeneous_pattern_only_common_widths_count()
    {
        var rules = Rules with { Overrides = [new("conv2", TestNetworks.Bits(2, 4, 6))] };
        Assert.Equal(["4x4", "2x4"], Space(rules, SchedulePattern.Homogeneous) is var s ? s.Enumerate().Select(s.Describe) : []);
        Assert.Equal(TestNetworks.Bits(2, 4), Space(rules).HomogeneousWidths);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_with_their_places()
    {
        var rules = new SpaceRules([])
        {
            Activations = new(new Bitwidth(8), Tied: true),
            First = new(Pinned: new Bitwidth(8), Free: true),
            Last = new(Tied: true),
            Projections = new(Pinned: new Bitwidth(8)),
            Overrides = [new("conv9", TestNetworks.Bits(4)), new("conv1", [])],
        };
        Assert.Equal(
            [
                "space.widths: no width is given; list the widths that are searched, such as [2, 4, 8]",
                "space.activations: several rules are given; give one of: a fixed width, widths to search, or tied",
                "space.overrides[0].match: 'conv9' matches no layer and no point of chain; did you mean 'conv1'?",
                "space.overrides[1].widths: no width is given; list the widths that are allowed there",
                "space.first: several rules are given; give one of: pinned, floor, free",
                "space.last.tied: only projections can be tied; pin, floor or free this layer",
                "space.projections: chain has no such layer; leave the rule out",
            ],
            Mistakes(rules));
    }

    [Fact]
    public void A_floor_above_all_widths_is_refused() => Assert.Equal(
        ["space.first.floor: 16 bits leave conv1.weight no width out of 1, 2, 4, 8; at most 8"],
        Mistakes(Rules with { First = new(Floor: new Bitwidth(16)) }).Take(1));

    [Fact]
    public void A_pinned_layer_is_not_overridden_by_name() => Assert.Equal(
        ["space.first.pinned: 8 bits contradict the override of 'conv1'; leave one of them out"],
        Mistakes(Rules with { First = new(Pinned: new Bitwidth(8)), Overrides = [new("conv1", TestNetworks.Bits(4))] }));

    [Fact]
    public void Tied_points_without_a_common_width_are_refused() => Assert.Equal(
        ["space: conv2.weight, conv3.weight are tied and have no width in common; give them a common width, or untie them"],
        Mistakes(Rules with { Projections = new(Tied: true), Overrides = [new("conv2", TestNetworks.Bits(3))] }, network: WithProjection()));

    [Fact]
    public void Widths_that_exclude_every_schedule_of_the_pattern_are_refused()
    {
        var rules = Rules with { Overrides = [new("conv1", TestNetworks.Bits(2)), new("conv3", TestNetworks.Bits(8))] };
        Assert.StartsWith("space.widths: no schedule is decreasing", Mistakes(rules, SchedulePattern.Decreasing)[0], StringComparison.Ordinal);
        Assert.StartsWith("space.widths: no schedule is homogeneous", Mistakes(rules, SchedulePattern.Homogeneous)[0], StringComparison.Ordinal);
        Assert.Equal(4 * 4, Space(rules).Count());
    }

    [Theory]
    [InlineData("8-4", "it has 2 widths, chain has 8 points")]
    [InlineData("8-4-3-1-32-32-32-32", "conv3.weight has 3 bits; allowed are 1, 2, 4, 8")]
    [InlineData("8-2-4-1-32-32-32-32", "conv3.weight has 4 bits after 2 before it, which is not decreasing")]
    [InlineData("8-8-8-8-32-32-32-32", null)]
    public void A_schedule_outside_is_explained(string schedule, string? why) =>
        Assert.Equal(why, Space(Rules, SchedulePattern.Decreasing).WhyNot(Schedule.Parse(schedule)));

    [Theory]
    [InlineData("4-8-4-8-32-32-32-32", "conv2.weight has 8 bits beside 4 in a smaller layer, which is not by-size")]
    [InlineData("8-4-4-4-32-32-32-32", "conv1.weight has 8 bits beside 4 in a smaller layer, which is not by-size")]
    [InlineData("4-2-4-8-32-32-32-32", null)]
    [InlineData("4-4-1-8-32-32-32-32", null)]
    public void By_size_compares_with_smaller_layers_alone(string schedule, string? why) =>
        Assert.Equal(why, Space(Rules, SchedulePattern.BySize).WhyNot(Schedule.Parse(schedule)));

    [Fact]
    public void An_unreachable_budget_is_refused_at_once_with_what_is_reachable()
    {
        var space = Space(Rules, SchedulePattern.Decreasing) with { Budgets = [new(MemorySize.FromBytes(100), BudgetMeasure.Artifact)] };
        var (least, most) = (space.Smallest(BudgetMeasure.Artifact).Footprint, space.Largest(BudgetMeasure.Artifact).Footprint);
        Assert.Equal(
            $"budget: no decreasing schedule of chain fits: the artifact is limited to 100 bytes (0.10 KiB); the smallest takes {least}, the largest {most}",
            space.WhyEmpty("budget")!.ToString());
        Assert.Contains("the budget is 100 bytes", space.WhyNot(space.Smallest(BudgetMeasure.Artifact).Schedule), StringComparison.Ordinal);
        Assert.Null((space with { Budgets = [new(least, BudgetMeasure.Artifact)] }).WhyEmpty("budget"));
    }
}
