using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class AdaptiveProposerTests
{
    private static readonly int[] Widths = [.. Enumerable.Range(1, 12)];

    [Fact]
    public void Widths_follow_the_closed_form()
    {
        // p = 4^7, 4^5, 4^5 and s = 16, 16, 256: b2 = b1 - 2, b3 = b1 - 2 - log4(256/16) = b1 - 4.
        double[] log4 = [7, 5, 5];
        var space = MeasuredStrategies.Space(SchedulePattern.Free, Widths, 100_000, 16, 16, 256);
        var measured = MeasuredStrategies.Each("output-mse", space, (layer, width) => Math.Pow(4, log4[layer] - width.Bits));
        var said = MeasuredStrategies.Said(new AdaptiveProposer(), space, measured, 16).Select(MeasuredStrategies.Weights).ToList();

        // Unlimited: from all widest on down; where all three are between the ends, the form holds exactly.
        string[] expected = [
            "12-12-12", "12-12-11", "12-12-10", "12-11-9", "12-10-8", "11-9-7", "10-8-6", "9-7-5", "8-6-4", "7-5-3", "6-4-2", "5-3-1", "4-2-1", "3-1-1", "2-1-1", "1-1-1"];
        Assert.Equal(expected, said);
    }

    [Fact]
    public void The_largest_within_the_budget_comes_first_and_those_beyond_it_last()
    {
        var space = MeasuredStrategies.Space(SchedulePattern.Free, [2, 4, 8], 130, 80, 160);
        var measured = MeasuredStrategies.Each("output-mse", space, (_, width) => Math.Pow(4, -width.Bits));
        var said = MeasuredStrategies.Said(new AdaptiveProposer(), space, measured, 5);

        // b2 = b1 - log4(2) = b1 - 1/2. In bytes with scales: 68, 88, 128, 168, 248 for 2-2, 4-2, 4-4, 8-4, 8-8.
        Assert.Equal(["4-4", "4-2", "2-2", "8-4", "8-8"], said.Select(MeasuredStrategies.Weights));
        Assert.False(space.Contains(said[3]));
    }

    [Fact]
    public void A_layer_that_makes_no_noise_takes_the_fewest_bits_and_what_cannot_be_is_named()
    {
        var space = MeasuredStrategies.Space(SchedulePattern.Free, [2, 4, 8], 90, 80, 80);
        var none = MeasuredStrategies.Each("output-mse", space, (layer, width) => layer == 0 ? 0 : Math.Pow(4, -width.Bits));
        Assert.Equal("2-4", MeasuredStrategies.Weights(new AdaptiveProposer().Propose(space, TrialHistory.Empty, none, new SeededRandom(1))!));

        var negative = MeasuredStrategies.Each("output-mse", space, (layer, _) => layer == 0 ? -1 : 1);
        var refused = Assert.Throws<PlanException>(() => new AdaptiveProposer().Propose(space, TrialHistory.Empty, negative, new SeededRandom(1)));
        Assert.Equal(["l0.weight: its output-mse at 8 bits is -1; a finite number from 0"], refused.Problems.Select(p => p.ToString()));
        var unmeasured = new Measurements([new Measurement("output-mse", [new MeasuredValue("l0.weight", new Bitwidth(4), 1)])]);
        refused = Assert.Throws<PlanException>(() => new AdaptiveProposer().Propose(space, TrialHistory.Empty, unmeasured, new SeededRandom(1)));
        Assert.Equal(["l1.weight"], refused.Problems.Select(p => p.Place));
    }
}
