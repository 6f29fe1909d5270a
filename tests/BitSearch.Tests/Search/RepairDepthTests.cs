using BitSearch.Reports;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>
/// Where repairs of uniform proposals take bits away. The nearest schedule takes them where they are many, which is at the
/// depth of the elements. HAQ's rule takes them from the last layers only where less than one round through the network is
/// enough; where it takes several, it takes them everywhere.
/// </summary>
public sealed class RepairDepthTests
{
    [Fact]
    public void The_nearest_repairs_where_the_elements_are()
    {
        var space = Within(TestNetworks.ResNet20(), 3.2);
        var elements = space.Network.WeightPoints.Sum(p => p.Elements * p.Depth / 19.0) / space.Network.WeightElements;
        Assert.InRange(MeanDepth(space, RepairRule.Nearest), elements - 0.1, elements + 0.1);
        Assert.InRange(MeanDepth(space, RepairRule.LastLayerFirst), 0.45, 0.55);
    }

    [Fact]
    public void Where_all_layers_are_alike_last_layer_first_repairs_late_and_the_nearest_does_not()
    {
        var alike = TestNetworks.Of("alike", [.. Enumerable.Range(0, 20).Select(i => ($"l{i}", (EquatableArray<long>)[32, 32, 3, 3]))]);
        var space = Within(alike, 4.6);
        Assert.InRange(MeanDepth(space, RepairRule.LastLayerFirst), 0.6, 1);
        Assert.InRange(MeanDepth(space, RepairRule.Nearest), 0.45, 0.55);
    }

    // Weights of 2 to 8 bits, at most so many on average.
    private static SearchSpace Within(NetworkDescription network, double bits) => SearchSpace.Of(
        network,
        new SpaceRules(TestNetworks.Bits(2, 3, 4, 5, 6, 7, 8)),
        SchedulePattern.Free,
        [new Budget(MemorySize.FromBytes((long)(network.WeightElements * bits / 8)), BudgetMeasure.Weights)]);

    private static double MeanDepth(SearchSpace space, RepairRule rule)
    {
        var choices = WidthChoice.Of(space);
        var trials = Enumerable.Range(0, 200).Select(n =>
        {
            var random = new Seed(1).Stream("propose", n);
            var proposed = WidthChoice.Schedule(choices, [.. choices.Select(c => random.Next(c.Widths.Count))]);
            var proposal = Proposal.Ask(new Saying(proposed), space, TrialHistory.Empty, Measurements.None, rule, random)!;
            return new Trial(n, "arm", proposal.Schedule, 0) { Proposed = proposal.Proposed };
        });
        return RepairDepths.Mean(space.Network, trials)!.Value;
    }

    private sealed class Saying(Schedule schedule) : IProposer
    {
        public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random) => schedule;
    }
}
