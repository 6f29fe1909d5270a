using System.Reflection;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

/// <summary>What every proposer of the catalog promises, under every pattern, on random small spaces.</summary>
public sealed class ProposerContractTests
{
    private static readonly Catalog<IProposer> Proposers = new(typeof(IProposer).Assembly);

    public static TheoryData<string> Names => [.. Proposers.Names];

    public static TheoryData<string, SchedulePattern> NamesAndPatterns =>
        [.. Proposers.Names.SelectMany(_ => Enum.GetValues<SchedulePattern>(), (name, pattern) => (name, pattern))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Proposes_each_schedule_of_the_space_once_at_most_and_ends(string name) => SmallSpaces.Any.Where(s => s.Count() < 100).Sample(
        space =>
        {
            var proposed = Run(name, space, seed: 1, limit: 101);
            Assert.All(proposed, s => Assert.Null(space.WhyNot(s)));
            Assert.Equal(proposed.Count, proposed.Distinct().Count());
            Assert.True(proposed.Count <= space.Count());
        },
        iter: 50);

    [Theory]
    [MemberData(nameof(NamesAndPatterns))]
    public void Works_under_every_pattern_whatever_became_of_the_trials(string name, SchedulePattern pattern) => SmallSpaces.Any
        .Select(s => s with { Pattern = pattern }).Where(s => !s.CountUnlimited().IsZero && s.Count() < 60).Sample(
            space =>
            {
                var proposed = Run(name, space, seed: 3, limit: 61, Ended);
                Assert.All(proposed, s => Assert.Null(space.WhyNot(s)));
                Assert.Equal(proposed.Count, proposed.Distinct().Count());
                Assert.True(proposed.Count <= space.Count());
                Assert.Equal(space.Count().IsZero, proposed.Count == 0);
            },
            iter: 20);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_answers(string name) => SmallSpaces.Any.Sample(
        space => Assert.Equal(Run(name, space, seed: 7, limit: 10), Run(name, space, seed: 7, limit: 10)),
        iter: 50);

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_but_the_history_is_remembered(string name) => SmallSpaces.Any.Sample(
        space =>
        {
            var proposed = Run(name, space, seed: 7, limit: 10);
            for (var i = 0; i < proposed.Count; i++)
            {
                // A resumed process: everything is new, and the same trials come back in another order.
                var history = TrialHistory.Of(proposed.Take(i).Select(Scored).Reverse());
                var fresh = space with { Budgets = [.. space.Budgets] };
                Assert.Equal(proposed[i], Ask(Proposers.Create(name, "test"), fresh, history, new Seed(7).Stream("propose", i)));
            }
        },
        iter: 30);

    [Theory]
    [MemberData(nameof(Names))]
    public void Running_trials_are_not_proposed_again(string name)
    {
        var space = SearchSpace.Of(TestNetworks.ResNet20(), new SpaceRules(TestNetworks.Bits(1, 2)), SchedulePattern.Decreasing, []);
        var proposer = Proposers.Create(name, "test");
        var first = Ask(proposer, space, TrialHistory.Empty, new SeededRandom(1))!;
        var second = Ask(proposer, space, TrialHistory.Of([new Trial(0, "a", first, 0)]), new SeededRandom(1));
        Assert.NotEqual(first, second);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_no_fields(string name) => Assert.Empty(Proposers.Create(name, "test").GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public));

    [Fact]
    public void Exhaustive_is_the_enumeration_whatever_else_is_in_the_history() => SmallSpaces.Any.Where(s => s.Count() < 100).Sample(
        space => Assert.Equal(space.Enumerate(), Run("exhaustive", space, seed: 1, limit: 101)),
        iter: 50);

    [Fact]
    public void Random_reaches_every_schedule() => SmallSpaces.Any.Where(s => s.Count() < 100).Sample(
        space => Assert.Equal(space.Enumerate().ToHashSet(), Run("random", space, seed: 1, limit: 101).ToHashSet()),
        iter: 50);

    private static Schedule? Ask(IProposer proposer, SearchSpace space, TrialHistory history, Random random) =>
        Proposal.Ask(proposer, space, history, Anything(proposer, space), RepairRule.Nearest, random)?.Schedule;

    // Measurements of whatever a proposer asks for: less harm at more bits, and other values for each point.
    internal static Measurements Anything(IProposer proposer, SearchSpace space) => new(proposer.Needs.Select(name => new Measurement(
        name,
        space.Network.Points.SelectMany((p, i) => p.Widths.Append(Bitwidth.Full).Distinct(), (p, w) => new MeasuredValue(p.Name, w, (1.0 + (p.Elements % 7)) / w.Bits)).ToEquatableArray())));

    private static List<Schedule> Run(string name, SearchSpace space, ulong seed, int limit, Func<Schedule, int, Trial>? ended = null)
    {
        var (proposer, history, proposed) = (Proposers.Create(name, "test"), TrialHistory.Empty, new List<Schedule>());
        while (proposed.Count < limit && Ask(proposer, space, history, new Seed(seed).Stream("propose", proposed.Count)) is { } schedule)
        {
            history = history.With((ended ?? Scored)(schedule, proposed.Count));
            proposed.Add(schedule);
        }

        return proposed;
    }

    private static Trial Scored(Schedule schedule, int number) =>
        new(number, "arm", schedule, 0, new TrialOutcome.Completed(1.0 / schedule.Widths.Sum(w => w.Bits), 1));

    // Half of the trials complete; others still run, were pruned, or failed.
    private static Trial Ended(Schedule schedule, int number) => (number % 6) switch
    {
        1 => new Trial(number, "arm", schedule, 0),
        3 => new Trial(number, "arm", schedule, 0, new TrialOutcome.Pruned("it cannot win")),
        5 => new Trial(number, "arm", schedule, 0, new TrialOutcome.Failed("the loss is NaN")),
        _ => Scored(schedule, number),
    };
}
