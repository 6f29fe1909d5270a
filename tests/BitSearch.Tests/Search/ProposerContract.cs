using System.Reflection;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;
using CsCheck;

namespace BitSearch.Tests;

/// <summary>What every proposer of an assembly promises, under every pattern, on random small spaces.</summary>
/// <typeparam name="TAssembly">Any type of the assembly.</typeparam>
/// <param name="spaces">On how many spaces a promise is tried.</param>
/// <param name="proposals">How many proposals in a row are looked at where the space is not used up.</param>
/// <param name="largest">The schedules of the largest space that is proposed to the end.</param>
public abstract class ProposerContract<TAssembly>(int spaces, int proposals, int largest)
{
    private static readonly Catalog<IProposer> Proposers = new(typeof(TAssembly).Assembly);

#pragma warning disable CA1000 // The runner reads it, nobody else.
    public static TheoryData<string> Names => [.. Proposers.Names];

    public static TheoryData<string, SchedulePattern> NamesAndPatterns =>
        [.. Proposers.Names.SelectMany(_ => Enum.GetValues<SchedulePattern>(), (name, pattern) => (name, pattern))];
#pragma warning restore CA1000

    [Theory]
    [MemberData(nameof(Names))]
    public void Proposes_each_schedule_of_the_space_once_at_most_and_ends(string name) => SmallSpaces.Any.Where(s => s.Count() <= largest).Sample(
        space =>
        {
            var proposed = Run(name, space, seed: 1, limit: largest + 1);
            Assert.All(proposed, s => Assert.Null(space.WhyNot(s)));
            Assert.Equal(proposed.Count, proposed.Distinct().Count());
            Assert.True(proposed.Count <= space.Count());
        },
        iter: spaces);

    [Theory]
    [MemberData(nameof(NamesAndPatterns))]
    public void Works_under_every_pattern_whatever_became_of_the_trials(string name, SchedulePattern pattern) => SmallSpaces.Any
        .Select(s => s with { Pattern = pattern, Shuffles = pattern == SchedulePattern.Shuffled ? s.Shuffles ?? s.Smallest(BudgetMeasure.Artifact).Schedule : null })
        .Where(s => !s.CountUnlimited().IsZero && s.Count() <= Math.Min(60, largest)).Sample(
            space =>
            {
                var proposed = Run(name, space, seed: 3, limit: Math.Min(60, largest) + 1, Ended);
                Assert.All(proposed, s => Assert.Null(space.WhyNot(s)));
                Assert.Equal(proposed.Count, proposed.Distinct().Count());
                Assert.True(proposed.Count <= space.Count());
                Assert.Equal(space.Count().IsZero, proposed.Count == 0);
            },
            iter: Math.Max(1, spaces / 2));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_answers(string name) => SmallSpaces.Any.Sample(
        space => Assert.Equal(Run(name, space, seed: 7, proposals), Run(name, space, seed: 7, proposals)),
        iter: spaces);

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_but_the_history_is_remembered(string name) => SmallSpaces.Any.Sample(
        space =>
        {
            var proposed = Run(name, space, seed: 7, proposals);
            for (var i = 0; i < proposed.Count; i++)
            {
                // A resumed process: everything is new, and the same trials come back in another order.
                var history = TrialHistory.Of(proposed.Take(i).Select(Scored).Reverse());
                var fresh = space with { Budgets = [.. space.Budgets] };
                Assert.Equal(proposed[i], Ask(Proposers.Create(name, "test"), fresh, history, new Seed(7).Stream("propose", i)));
            }
        },
        iter: spaces);

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

    protected static List<Schedule> Run(string name, SearchSpace space, ulong seed, int limit, Func<Schedule, int, Trial>? ended = null)
    {
        var (proposer, history, proposed) = (Proposers.Create(name, "test"), TrialHistory.Empty, new List<Schedule>());
        while (proposed.Count < limit && Ask(proposer, space, history, new Seed(seed).Stream("propose", proposed.Count)) is { } schedule)
        {
            history = history.With((ended ?? Scored)(schedule, proposed.Count));
            proposed.Add(schedule);
        }

        return proposed;
    }

    private static Schedule? Ask(IProposer proposer, SearchSpace space, TrialHistory history, Random random) =>
        Proposal.Ask(proposer, space, history, Anything(proposer, space), RepairRule.Nearest, random)?.Schedule;

    // Measurements of whatever a proposer asks for: less harm at more bits, and other values for each point.
    internal static Measurements Anything(IProposer proposer, SearchSpace space) => new(proposer.Needs.Select(name => new Measurement(
        name,
        space.Network.Points.SelectMany((p, i) => p.Widths.Append(Bitwidth.Full).Distinct(), (p, w) => new MeasuredValue(p.Name, w, (1.0 + (p.Elements % 7)) / w.Bits)).ToEquatableArray())));

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
