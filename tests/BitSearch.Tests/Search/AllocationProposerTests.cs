using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

public sealed class AllocationProposerTests
{
    public static TheoryData<string, string> Strategies => new() { { "sensitivity", "output-kl" }, { "hessian", "hessian" }, { "indicator", "lsq-step" } };

    [Theory]
    [MemberData(nameof(Strategies))]
    public void The_first_proposal_is_the_optimum_of_brute_force(string name, string measure) => Gen.Select(SmallSpaces.Any.Where(s => s.Count() > 0), Gen.ULong).Sample(
        (space, seed) =>
        {
            var proposer = new Catalog<IProposer>(typeof(IProposer).Assembly).Create(name, "test");
            Assert.Equal([measure], proposer.Needs);
            var measured = Drawn(measure, space, seed);
            var first = proposer.Propose(space, TrialHistory.Empty, measured, new SeededRandom(seed))!;
            Assert.Null(space.WhyNot(first));
            Assert.Equal(space.Enumerate().Min(s => Sum(space, measured[measure], s)), Sum(space, measured[measure], first), 1e-9);
        },
        iter: 200);

    [Fact]
    public void Neighbours_come_in_order_of_summed_sensitivity_between_optima_of_tighter_budgets()
    {
        var space = MeasuredStrategies.Space(SchedulePattern.Free, [2, 4, 8], 150, 80, 80, 80);
        var measured = MeasuredStrategies.Each("output-kl", space, (layer, width) => (layer + 1) * Math.Pow(4, -width.Bits));
        var said = MeasuredStrategies.Said(new SensitivityProposer(), space, measured, 12);

        // 80 elements at b bits take 10 b bytes and a scale of 4: 138 bytes are left for the codes. 8 bits for l2 would leave
        // 58 bytes, two bits and 3.8 for the others; 4-4-4 leaves 18 unused, which no single step can use.
        Assert.Equal(space.Enumerate().MinBy(s => Sum(space, measured["output-kl"], s)), said[0]);
        Assert.Equal("4-4-4", MeasuredStrategies.Weights(said[0]));
        // No layer can go up alone, and 2-8-4 takes 140: only single steps down are inside.
        Assert.Equal(["2-4-4", "4-2-4", "4-4-2"], new[] { said[1], said[3], said[5] }.Select(MeasuredStrategies.Weights));
        // At a half: from 72 bytes (all at 2) to 132 (all at 4, the limit admits 150): 111 bytes.
        var half = space with { Budgets = [new Budget(MemorySize.FromBytes(72 + ((150 - 72) / 2)), BudgetMeasure.Weights)] };
        Assert.Equal(half.Enumerate().MinBy(s => Sum(space, measured["output-kl"], s)), said[2]);
    }

    [Fact]
    public void Outcomes_change_nothing_and_running_trials_count_as_made()
    {
        var space = MeasuredStrategies.Space(SchedulePattern.Decreasing, [1, 2, 3, 4, 8], 150, 40, 80, 80, 40);
        var measured = MeasuredStrategies.Each("hessian", space, (layer, width) => (7 - layer) * Math.Pow(3, -width.Bits));
        var said = MeasuredStrategies.Said(new HessianProposer(), space, measured, 15);
        var random = new SeededRandom(1);
        for (var n = 1; n < said.Count; n++)
        {
            var other = TrialHistory.Of(said.Take(n).Select((s, i) => new Trial(i, "arm", s, 0, i % 3 == 0 ? null : new TrialOutcome.Completed(random.NextDouble(), 1))));
            Assert.Equal(said[n], new HessianProposer().Propose(space, other, measured, new SeededRandom((ulong)n)));
        }
    }

    [Fact]
    public void Without_a_measurement_the_point_is_named()
    {
        var space = MeasuredStrategies.Space(SchedulePattern.Free, [2, 4], 1000, 40, 80);
        var measured = MeasuredStrategies.Each("lsq-step", space, (layer, _) => layer == 1 ? double.NaN : 1);
        var refused = Assert.Throws<PlanException>(() => new IndicatorProposer().Propose(space, TrialHistory.Empty, measured, new SeededRandom(1)));
        Assert.All(refused.Problems, p => Assert.Equal("l1.weight", p.Place));
    }

    private static Measurements Drawn(string measure, SearchSpace space, ulong seed)
    {
        var random = new SeededRandom(seed);
        return new([new Measurement(measure, space.Network.Points.SelectMany(p => p.Widths, (p, w) => new MeasuredValue(p.Name, w, random.NextDouble() / w.Bits)).ToEquatableArray())]);
    }

    private static double Sum(SearchSpace space, Measurement measured, Schedule schedule) =>
        space.Network.Points.Select((p, i) => schedule[i].IsFull ? 0 : measured.Of(p.Name, schedule[i])!.Value).Sum();
}
