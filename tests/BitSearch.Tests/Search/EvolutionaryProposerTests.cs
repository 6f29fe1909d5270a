using BitSearch.Pareto;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class EvolutionaryProposerTests
{
    private static readonly SearchSpace Space = SearchSpace.Of(
        TestNetworks.ResNet20(),
        new SpaceRules(TestNetworks.Bits(1, 2, 4, 8)) { Ties = [["layer2.*"]] },
        SchedulePattern.Free,
        []);

    [Fact]
    public void The_best_by_layer_survive_and_within_one_the_loneliest()
    {
        var random = new SeededRandom(1);
        var judged = Enumerable.Range(0, 60)
            .Select(_ => new JudgedSchedule(Space.Sample(random)!, new Objectives(random.Next(30), random.Next(30) / 30.0))).ToList();
        var survivors = EvolutionaryProposer.Survivors(judged);
        Assert.Equal(EvolutionaryProposer.Population, survivors.Count);

        // The length of the longest chain of points that dominate each other.
        int Layer(JudgedSchedule one) => judged.Where(j => j.Objectives.Dominates(one.Objectives)).Select(j => 1 + Layer(j)).DefaultIfEmpty(0).Max();
        var kept = judged.Where(j => survivors.Contains(j.Schedule)).ToList();
        var lost = judged.Except(kept).ToList();
        var last = kept.Max(Layer);
        Assert.True(lost.TrueForAll(j => Layer(j) >= last));
        Assert.Equal(kept.Select(Layer).Order(), survivors.Select(s => Layer(judged.Find(j => j.Schedule == s)!)));

        var split = judged.Where(j => Layer(j) == last).ToList();
        var crowding = split.Zip(CrowdingDistance.Of([.. split.Select(j => j.Objectives)])).ToDictionary(p => p.First, p => p.Second);
        Assert.True(split.Intersect(lost).Any());
        Assert.True(split.Intersect(kept).Min(j => crowding[j]) >= split.Intersect(lost).Max(j => crowding[j]));
    }

    [Fact]
    public void An_offspring_has_its_parents_widths_but_for_a_few_groups()
    {
        // Two parents that survive all others, 1 bit everywhere and 4 bits everywhere: 2 and 8 bits are mutations.
        var history = TrialHistory.Of(Enumerable.Range(0, EvolutionaryProposer.Population).Select(n => new Trial(
            n, "a", n == 0 ? At(1) : n == 1 ? At(4) : Space.Sample(new SeededRandom((ulong)n))!, 0, n < 2 ? new TrialOutcome.Completed(0.5, 1) : null)));
        var mutated = new List<int>();
        var widths = new HashSet<int>();
        for (var seed = 0UL; seed < 200; seed++)
        {
            var child = new EvolutionaryProposer().Propose(Space, history, Measurements.None, new SeededRandom(seed))!;
            Assert.Null(Space.WhyNot(child));
            var groups = new ScheduleCoding(Space).Groups.Select(g => child[g.First].Bits).ToList();
            mutated.Add(groups.Count(b => b is 2 or 8));
            widths.UnionWith(groups);
        }

        Assert.Equal([1, 2, 4, 8], widths.Order());
        Assert.InRange(mutated.Average(), 0.3, 2);
    }

    [Fact]
    public void Begins_uniformly_and_waits_for_two_parents()
    {
        var running = TrialHistory.Of(Enumerable.Range(0, 30).Select(n => new Trial(n, "a", Space.Sample(new SeededRandom((ulong)n))!, 0)));
        Assert.Equal(
            Space.Sample(new SeededRandom(5), running.Schedules),
            new EvolutionaryProposer().Propose(Space, running, Measurements.None, new SeededRandom(5)));
    }

    private static Schedule At(int bits) => Space.Homogeneous(new Bitwidth(bits))!;
}
