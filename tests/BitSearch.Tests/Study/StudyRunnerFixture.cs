using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>A small study on a fake disk with a fake evaluator.</summary>
public abstract class StudyRunnerFixture
{
    protected static NetworkDescription Network { get; } = TestNetworks.Of("chain", ("conv1", [4, 3]), ("conv2", [4, 4]), ("fc", [2, 4]));

    protected InMemoryStudy Disk { get; } = new();
    protected List<StudyEvent> Events { get; } = [];

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static SearchSpace Space(SchedulePattern pattern) => SearchSpace.Of(Network, new SpaceRules(TestNetworks.Bits(2, 4)), pattern, []);

    protected static StudyArm Arm(string name, SchedulePattern pattern, IProposer proposer, int trials) => new(name, Space(pattern), proposer, trials);

    protected static StudyArm[] TwoArms() =>
    [
        Arm("decreasing", SchedulePattern.Decreasing, new ExhaustiveProposer(), 3),
        Arm("free", SchedulePattern.Free, new RandomProposer(), 5),
    ];

    protected Task<TrialHistory> Run(StudyArm[] arms, IEvaluator evaluator, int repeats = 1, Doom? doom = null, CancellationToken? token = null, int workers = 1, Func<StudyPlan, StudyPlan>? change = null)
    {
        var plan = new StudyPlan
        {
            Name = "test",
            Data = new("digits"),
            Network = new("chain"),
            Space = new(TestNetworks.Bits(2, 4)),
            Arms = arms.Select(a => new ArmPlan(a.Name, a.Space.Pattern, "any", a.Trials)).ToEquatableArray(),
            Repeats = repeats,
        };
        plan = change?.Invoke(plan) ?? plan;
        var store = new DoomedStore(new InMemoryTrialStore(Disk), doom ?? new Doom());
        var runner = new StudyRunner(plan, arms, StudyRunner.Baselines(arms.Select(a => a.Space)), store, evaluator, Events.Add, workers);
        return runner.RunAsync(new Dictionary<string, string> { ["name"] = "test" }, token ?? Token);
    }

    protected void Forget() => (Disk.Identity, Disk.History) = (null, TrialHistory.Empty);
}
