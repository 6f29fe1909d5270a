using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>Small spaces, measurements and runs for tests of strategies that work from measurements.</summary>
internal static class MeasuredStrategies
{
    /// <summary>Layers of weights with so many elements each, under one budget in bytes of weights.</summary>
    public static SearchSpace Space(SchedulePattern pattern, int[] widths, long limit, params long[] elements)
    {
        var network = TestNetworks.Of("small", [.. elements.Select((n, i) => ($"l{i}", (EquatableArray<long>)[1, n]))]);
        return SearchSpace.Of(network, new SpaceRules(TestNetworks.Bits(widths)), pattern, [new Budget(MemorySize.FromBytes(limit), BudgetMeasure.Weights)]);
    }

    /// <summary>A measurement of the weights at each width.</summary>
    public static Measurements Each(string name, SearchSpace space, Func<int, Bitwidth, double> value) => new([new Measurement(
        name, space.Network.WeightPoints.SelectMany((p, i) => p.Widths.Select(w => new MeasuredValue(p.Name, w, value(i, w)))).ToEquatableArray())]);

    /// <summary>A measurement of the weights, whatever their width.</summary>
    public static Measurements Own(string name, SearchSpace space, params double[] values) => new([new Measurement(
        name, space.Network.WeightPoints.Select((p, i) => new MeasuredValue(p.Name, Bitwidth.Full, values[i])).ToEquatableArray())]);

    /// <summary>What a strategy says, unrepaired, trial after trial; every trial's error is the same.</summary>
    public static List<Schedule> Said(IProposer proposer, SearchSpace space, Measurements measured, int count)
    {
        var (history, said) = (TrialHistory.Empty, new List<Schedule>());
        for (var n = 0; n < count; n++)
        {
            var random = new SeededRandom((ulong)n);
            if (proposer.Propose(space, history, measured, random) is not { } schedule
                || Proposal.Ask(proposer, space, history, measured, RepairRule.Nearest, new SeededRandom((ulong)n)) is not { } proposal)
            {
                break;
            }

            said.Add(schedule);
            history = history.With(new Trial(n, "arm", proposal.Schedule, 0, new TrialOutcome.Completed(0.5, 1)) { Proposed = proposal.Proposed });
        }

        return said;
    }

    /// <summary>The weights' widths, such as <c>8-4-2</c>.</summary>
    public static string Weights(Schedule schedule) => string.Join('-', schedule.Widths.Take(schedule.Count / 2));
}
