using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Tests;
using BitSearch.Torch.Search;
using BitSearch.Trials;

namespace BitSearch.Torch.Tests.Search;

public sealed class ReinforcementProposerTests
{
    private const int Layers = 8;

    /// <summary>Layers that grow and matter less with depth, at a third of the way from all narrowest to all widest.</summary>
    private static readonly SearchSpace Space = Within(SearchSpace.Of(
        TestNetworks.Of("small", [.. Enumerable.Range(0, Layers).Select(i => ($"l{i}", (EquatableArray<long>)[16 + (i * 8), 16, 3, 3]))]),
        new SpaceRules(TestNetworks.Bits(2, 3, 4, 5, 6, 8)),
        SchedulePattern.Free,
        []));

    [Theory]
    [InlineData(RepairRule.Nearest)]
    [InlineData(RepairRule.LastLayerFirst)]
    public void Late_trials_are_better_than_those_of_the_same_search_without_learning(RepairRule repair)
    {
        foreach (var seed in Enumerable.Range(0, 5).Select(s => new Seed((ulong)s)))
        {
            using var learner = new ScheduleLearner(new LayerWalk(Space), seed);
            var learned = Late(repair, seed, learner.Explore, s => learner.Observe(s, Error(s)));
            var random = Late(repair, seed, (_, r) => learner.Explore(0, r), _ => { });
            var uniform = Late(repair, seed, (_, r) => Space.Sample(r)!, _ => { });
            Assert.InRange(learned, 0, 0.8 * random);
            Assert.InRange(learned, 0, 0.8 * uniform);
        }
    }

    [Fact]
    public void The_proposer_is_the_learner_that_saw_the_history_in_the_order_of_its_numbers()
    {
        var trials = Trials(30);
        using var learner = new ScheduleLearner(new LayerWalk(Space), new Seed(new Seed(0).Derive($"{trials[0].Schedule}")));
        foreach (var trial in trials.Where(t => t.Completed is not null))
        {
            learner.Observe(trial.Schedule, trial.Completed!.ErrorRate);
        }

        var expected = learner.Explore(30, new SeededRandom(3));

        Assert.Equal(expected, Propose(trials, 3));
        Assert.Equal(expected, Propose(trials.AsEnumerable().Reverse(), 3));
        Assert.NotEqual(expected, Propose(trials, 4));
    }

    [Fact]
    public void What_completed_matters_and_what_runs_or_failed_does_not()
    {
        var trials = Trials(30);
        var expected = Propose(trials, 3);

        // Trial 25 is one of those that still run.
        Assert.Null(trials[25].Outcome);
        Assert.Equal(expected, Propose(trials.Select(t => t.Number == 25 ? t with { Outcome = new TrialOutcome.Failed("it broke") } : t), 3));

        // The opposite outcomes teach something else, through the same noise.
        var many = Trials(60);
        Assert.NotEqual(Propose(many, 3), Propose(many.Select(t => t.Completed is { } c ? t with { Outcome = c with { ErrorRate = 1 - c.ErrorRate } } : t), 3));
    }

    [Fact]
    public void Nothing_is_left_behind() => LeakAssert.None(() => Propose(Trials(26), 3));

    [Fact]
    public void Early_trials_choose_each_width_alike()
    {
        var drawn = Enumerable.Range(0, 3000).Select(i => new ReinforcementProposer().Propose(Space, TrialHistory.Empty, Measurements.None, new SeededRandom((ulong)i))!);
        var counts = drawn.GroupBy(s => s[3].Bits).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal([2, 3, 4, 5, 6, 8], counts.Keys.Order());
        Assert.All(counts.Values, c => Assert.InRange(c, 400, 600));
    }

    private static double Late(RepairRule repair, Seed seed, Func<int, Random, Schedule> propose, Action<Schedule> observe)
    {
        var (history, sum) = (TrialHistory.Empty, 0.0);
        for (var n = 0; n < 100; n++)
        {
            var random = seed.Stream("propose", n);
            var said = new Saying(propose(n, random));
            var schedule = Proposal.Ask(said, Space, history, Measurements.None, repair, random)!.Schedule;
            history = history.With(new Trial(n, "arm", schedule, 0, new TrialOutcome.Completed(Error(schedule), 1)));
            observe(schedule);
            sum += n < 60 ? 0 : Error(schedule);
        }

        return sum / 40;
    }

    private static double Error(Schedule schedule) => Enumerable.Range(0, Layers).Sum(i => (Layers - i) * Math.Pow(2, -schedule[i].Bits)) / Layers;

    private static SearchSpace Within(SearchSpace space)
    {
        var (least, most) = (space.Smallest(BudgetMeasure.Weights).Footprint.Bytes, space.Largest(BudgetMeasure.Weights).Footprint.Bytes);
        return space with { Budgets = [new Budget(MemorySize.FromBytes(least + ((most - least) / 3)), BudgetMeasure.Weights)] };
    }

    // The last few are running.
    private static List<Trial> Trials(int count)
    {
        var random = new SeededRandom(1);
        return [.. Enumerable.Range(0, count).Select(n => Space.Sample(random)!)
            .Select((s, n) => new Trial(n, "arm", s, 0, n < count - 5 ? new TrialOutcome.Completed(Error(s), 1) : null))];
    }

    private static Schedule Propose(IEnumerable<Trial> trials, ulong seed) =>
        new ReinforcementProposer().Propose(Space, TrialHistory.Of(trials), Measurements.None, new SeededRandom(seed))!;

    private sealed class Saying(Schedule schedule) : IProposer
    {
        public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random) => schedule;
    }
}
