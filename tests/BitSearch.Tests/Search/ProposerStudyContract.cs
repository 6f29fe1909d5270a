using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>Every proposer of an assembly in a whole study: the same trials with any number of workers and after any death.</summary>
/// <param name="trials">Of each arm.</param>
/// <param name="deaths">At which steps of the store a study dies.</param>
public abstract class ProposerStudyContract<TAssembly>(int trials, params int[] deaths) : StudyRunnerFixture
{
    private static readonly Catalog<IProposer> Proposers = new(typeof(TAssembly).Assembly);

#pragma warning disable CA1000 // The runner reads it, nobody else.
    public static TheoryData<string> Names => [.. Proposers.Names];
#pragma warning restore CA1000

    [Theory]
    [MemberData(nameof(Names))]
    public async Task One_worker_and_four_give_the_same_trials(string name)
    {
        var one = await Run(Arms(name), new Racing(1), change: Small);
        Forget();
        var four = await Run(Arms(name), new Racing(2), change: Small, workers: 4);
        Assert.Equal(one.Trials, four.Trials);
        Assert.Contains(one.Trials, t => t.Outcome is TrialOutcome.Failed);
        foreach (var arm in Arms(name))
        {
            var schedules = one.OfArm(arm.Name).Trials.Select(t => t.Schedule).ToList();
            Assert.All(schedules, s => Assert.Null(arm.Space.WhyNot(s)));
            Assert.Equal(schedules.Count, schedules.Distinct().Count());
            Assert.True(schedules.Count > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_study_that_died_goes_on_as_if_it_had_not(string name)
    {
        var whole = await Run(Arms(name), new Racing(1), change: Small);
        foreach (var step in deaths)
        {
            Forget();
            var death = await Record.ExceptionAsync(() => Run(Arms(name), new Racing(2), doom: new Doom(step), change: Small, workers: 2));
            Assert.IsType<ProcessDiedException>(death);
            Assert.NotEqual(whole.Count, Disk.History.Count);
            Assert.Equal(whole.Trials, (await Run(Arms(name), new Racing(3), change: Small, workers: 3)).Trials);
        }
    }

    private static StudyPlan Small(StudyPlan plan) => plan with { Lookahead = 3 };

    // One arm for each pattern; the free one's budget cuts its space in two.
    private StudyArm[] Arms(string name) =>
    [
        .. Enum.GetValues<SchedulePattern>().Select(pattern =>
        {
            var space = SearchSpace.Of(Network, new SpaceRules(TestNetworks.Bits(1, 2, 3, 4)) { Activations = new ActivationRule(new Bitwidth(8)) }, pattern, [], pattern == SchedulePattern.Shuffled ? Shuffled : null);
            var middle = (space.Smallest(BudgetMeasure.Artifact).Footprint.Bytes + space.Largest(BudgetMeasure.Artifact).Footprint.Bytes) / 2;
            space = pattern == SchedulePattern.Free ? space with { Budgets = [new Budget(MemorySize.FromBytes(middle), BudgetMeasure.Artifact)] } : space;
            var proposer = Proposers.Create(name, "test");
            return new StudyArm(pattern.Name(), space, proposer, trials) { Measured = ProposerContract<IProposer>.Anything(proposer, space) };
        }),
    ];

    // The weights from 1 bit up, one more each.
    private static Schedule Shuffled => new(Network.Points.Select((p, i) => new Bitwidth(p.Kind == PointKind.Activation ? 8 : 1 + (i % 4))).ToEquatableArray());

    /// <summary>Fewer errors at more bits, a little noise, a failure now and then, and a random time for each.</summary>
    private sealed class Racing(ulong seed) : IEvaluator
    {
        public TrialOutcome Evaluate(Evaluation evaluation, Action<StudyEvent> report, CancellationToken cancellationToken)
        {
            Thread.SpinWait(new SeededRandom(seed + (ulong)evaluation.Number).Next(20_000));
            cancellationToken.ThrowIfCancellationRequested();
            var noise = new Seed(1).Stream(evaluation.Schedule.ToString(), evaluation.Repeat).NextDouble();
            return noise < 0.1
                ? new TrialOutcome.Failed("the loss is NaN")
                : new TrialOutcome.Completed((0.9 / evaluation.Schedule.Widths.Sum(w => w.Bits)) + (0.05 * noise), 1);
        }

        public TestScore Test(Evaluation evaluation, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
