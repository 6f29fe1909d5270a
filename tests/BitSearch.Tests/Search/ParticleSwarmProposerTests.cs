using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests;

public sealed class ParticleSwarmProposerTests
{
    private static readonly SearchSpace Space = SearchSpace.Of(
        TestNetworks.ResNet20(), new SpaceRules(TestNetworks.Bits(1, 2, 4, 8)), SchedulePattern.Free, []);

    [Fact]
    public void A_particle_at_rest_on_all_bests_stays() =>
        Assert.Equal(At(4), Propose(Space, Others((0, At(4))), n => n == 0 ? 0.1 : null));

    [Fact]
    public void A_particle_without_a_best_of_its_own_moves_towards_its_leader()
    {
        // The ninth proposal is particle 0's second: it stands at 1 bit, and the only best is at 4 bits, two places up.
        var proposed = Propose(Space, Others((0, At(1)), (1, At(4))), n => n == 1 ? 0.2 : null);
        var moves = new ScheduleCoding(Space).Encode(proposed);
        Assert.InRange(moves.Average(), 1.0, 2.0);
        Assert.All(moves, m => Assert.InRange(m, 0, 3));
    }

    [Fact]
    public void A_particle_keeps_some_of_its_velocity()
    {
        // From 1 bit to 2 bits in one step, and it is its own best and leader: the way it goes on is 0.73 of a place.
        var path = Others((0, At(1)), (8, At(2)));
        var places = Enumerable.Range(0, 20).SelectMany(seed => new ScheduleCoding(Space).Encode(Propose(Space, path, n => n == 8 ? 0.2 : null, (ulong)seed))).ToList();
        Assert.Equal([1, 2], places.Distinct().Order());
        Assert.InRange(places.Average(), 1.68, 1.78);
    }

    [Fact]
    public void The_weight_decides_between_small_and_right()
    {
        JudgedSchedule[] judged = [new(At(8), new(80, 0.1)), new(At(4), new(40, 0.2)), new(At(1), new(10, 0.9))];
        Assert.Equal(At(8), ParticleSwarmProposer.Ranked(judged, 0.05)[0]);
        Assert.Equal(At(4), ParticleSwarmProposer.Ranked(judged, 0.5)[0]);
        Assert.Equal(At(1), ParticleSwarmProposer.Ranked(judged, 0.95)[0]);
    }

    [Fact]
    public void What_leaves_the_space_is_repaired_and_both_forms_are_kept()
    {
        var (space, history) = (Space with { Pattern = SchedulePattern.Decreasing }, TrialHistory.Empty);
        var repaired = 0;
        for (var n = 0; n < 40; n++)
        {
            var proposal = Proposal.Ask(new ParticleSwarmProposer(), space, history, Measurements.None, RepairRule.Nearest, new Seed(1).Stream("propose", n))!;
            Assert.Null(space.WhyNot(proposal.Schedule));
            Assert.True(proposal.Proposed is null || !space.Contains(proposal.Proposed) || history.Contains(proposal.Proposed));
            repaired += proposal.Proposed is null ? 0 : 1;
            history = history.With(new Trial(n, "a", proposal.Schedule, 0, new TrialOutcome.Completed(1.0 / proposal.Schedule.Widths.Sum(w => w.Bits), 1)) { Proposed = proposal.Proposed });
        }

        Assert.InRange(repaired, 1, 32);
    }

    private static Schedule At(int bits) => Space.Homogeneous(new Bitwidth(bits))!;

    // Schedules of the swarm, so many that it is particle 0's turn again; those that are not given are drawn.
    private static Schedule[] Others(params (int Place, Schedule Schedule)[] given) =>
    [
        .. Enumerable.Range(0, ParticleSwarmProposer.Particles * (1 + (given.Max(g => g.Place) / ParticleSwarmProposer.Particles)))
            .Select(i => given.Where(g => g.Place == i).Select(g => g.Schedule).DefaultIfEmpty(Space.Sample(new SeededRandom((ulong)i))!).Single()),
    ];

    private static Schedule Propose(SearchSpace space, Schedule[] schedules, Func<int, double?> error, ulong seed = 1)
    {
        var trials = schedules.Select((s, n) => new Trial(n, "a", s, 0, error(n) is { } e ? new TrialOutcome.Completed(e, 1) : null));
        return new ParticleSwarmProposer().Propose(space, TrialHistory.Of(trials), Measurements.None, new SeededRandom(seed))!;
    }
}
