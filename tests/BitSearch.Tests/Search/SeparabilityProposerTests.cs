using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

public sealed class SeparabilityProposerTests
{
    [Fact]
    public void Widths_never_rise_with_depth_and_equal_layers_are_not_cut_apart() => Gen.Double[0.01, 10].Array[2, 6].Sample(
        fuzziness =>
        {
            var space = MeasuredStrategies.Space(SchedulePattern.Free, [2, 3, 4, 8], 100_000, [.. fuzziness.Select(_ => 40L)]);
            var cuts = Cuts(space, fuzziness).ToList();
            var minima = fuzziness.Select((_, i) => fuzziness.Take(i + 1).Min()).ToList();
            var levels = minima.Distinct().Count();

            // All of them: sequences of four classes that do not rise, (levels + 3 choose 3).
            Assert.Equal((levels + 3) * (levels + 2) * (levels + 1) / 6, cuts.Count);
            Assert.Equal(cuts.Count, cuts.Distinct().Count());
            foreach (var schedule in cuts)
            {
                for (var i = 1; i < fuzziness.Length; i++)
                {
                    Assert.True(schedule[i] <= schedule[i - 1]);
                    Assert.True(schedule[i] == schedule[i - 1] || minima[i] < minima[i - 1]);
                }
            }
        },
        iter: 300);

    [Fact]
    public void The_best_fit_cuts_at_natural_breaks()
    {
        // log D in three clusters; the third value is above the one before, so its running minimum is that one's.
        var space = MeasuredStrategies.Space(SchedulePattern.Free, [2, 4, 8], 100_000, 40, 40, 40, 40, 40);
        var said = MeasuredStrategies.Said(
            new SeparabilityProposer(), space, MeasuredStrategies.Own("separability", space, Math.Exp(5), Math.Exp(4.9), Math.Exp(7), Math.Exp(3), Math.Exp(1)), 4);
        // Sums of squares: 0.0067; 2 with 3 and 1 in one class; 2.0067 where 5 and 4.9 are one class as well, at three choices of widths.
        Assert.Equal(["8-8-8-4-2", "8-4-4-2-2", "8-8-8-4-4", "8-8-8-2-2"], said.Select(MeasuredStrategies.Weights));
    }

    [Fact]
    public void What_breaks_a_budget_is_not_proposed_and_other_patterns_are_repaired()
    {
        double[] fuzziness = [4, 3, 2, 1];
        var tight = MeasuredStrategies.Space(SchedulePattern.Free, [2, 4, 8], 70, 40, 40, 40, 40);
        var said = MeasuredStrategies.Said(new SeparabilityProposer(), tight, MeasuredStrategies.Own("separability", tight, fuzziness), 4);
        Assert.All(said, s => Assert.True(tight.Contains(s)));

        var increasing = tight with { Pattern = SchedulePattern.Increasing };
        var measured = MeasuredStrategies.Own("separability", increasing, fuzziness);
        var proposal = Proposal.Ask(new SeparabilityProposer(), increasing, TrialHistory.Empty, measured, RepairRule.Nearest, new SeededRandom(1))!;
        Assert.Equal(said[0], proposal.Proposed);
        Assert.True(increasing.Contains(proposal.Schedule));
    }

    [Fact]
    public void A_deep_networks_cuts_are_limited_by_joining_the_nearest_layers()
    {
        var random = new SeededRandom(4);
        double[] fuzziness = [.. Enumerable.Range(0, 50).Select(i => Math.Exp(-i - random.NextDouble()))];
        var space = MeasuredStrategies.Space(SchedulePattern.Free, [2, 3, 4, 5, 6, 8], 100_000, [.. fuzziness.Select(_ => 40L)]);
        var cuts = Cuts(space, fuzziness).ToList();
        Assert.InRange(cuts.Count, MonotoneCuts.Most / 2, MonotoneCuts.Most);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_without_a_logarithm_is_named(double value)
    {
        var space = MeasuredStrategies.Space(SchedulePattern.Free, [2, 4], 1000, 40, 40);
        var refused = Assert.Throws<PlanException>(() => new SeparabilityProposer().Propose(
            space, TrialHistory.Empty, MeasuredStrategies.Own("separability", space, 1, value), new SeededRandom(1)));
        Assert.Equal(["l1"], refused.Problems.Select(p => p.Place));
    }

    private static IEnumerable<Schedule> Cuts(SearchSpace space, double[] fuzziness)
    {
        double[] logs = [.. fuzziness.Select((_, i) => Math.Log(fuzziness.Take(i + 1).Min()))];
        return new MonotoneCuts(space, WidthChoice.Of(space), [.. WidthChoice.Of(space).Select(c => logs[space.Network.Points[c.Points[0]].Depth])]).BestFirst();
    }
}
