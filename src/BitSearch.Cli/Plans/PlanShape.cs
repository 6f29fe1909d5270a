using System.Text.RegularExpressions;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Cli.Plans;

/// <summary>How <see cref="StudyPlan"/>s are written.</summary>
internal static partial class PlanShape
{
    private static readonly ScalarShape<string> Amount = Shapes.Words("a budget: 64 KiB, 0.25x, avg 3.5 bits, as 2 bits or unlimited");

    private static readonly Shape<BudgetPlan> Budget = new EitherShape<BudgetPlan>(
        new ScalarShape<BudgetPlan>(
            Amount.Expected,
            (PlanNode.Scalar s, PlanReading _, out BudgetPlan value) =>
            {
                value = new BudgetPlan(s.Text);
                return s.Text.Length > 0;
            },
            b => b.Limit,
            Amount.Schema),
        new MapShape<BudgetPlan>(
            "{ limit: 0.10x, of: artifact, report: [0.08x] }",
            new BudgetPlan(),
            new Field<BudgetPlan, string>(
                "limit", "At most this much: 64 KiB, 0.25x (of full precision), avg 3.5 bits, as 2 bits (the homogeneous schedule), or unlimited.", Amount, b => b.Limit, (b, v) => b with { Limit = v }),
            new Field<BudgetPlan, BudgetMeasure>(
                "of", "What is measured: the whole packed file, or codes and scales of the weights alone.",
                Shapes.Choice(("artifact", BudgetMeasure.Artifact), ("weights", BudgetMeasure.Weights)), b => b.Of, (b, v) => b with { Of = v }),
            new Field<BudgetPlan, EquatableArray<string>>(
                "report", "Further, smaller budgets that the report answers.",
                new ListShape<string>("a list of budgets", Amount, key: b => b), b => b.Report, (b, v) => b with { Report = v }),
            Other("averageBits", "A limit on the average width of the weights as well: 3.5, in bits.", b => b.AverageBits, (b, v) => b with { AverageBits = v }),
            Other("bitOperations", "A limit on bit operations as well: 1.2 GBOPs, or 0.1x (of full precision).", b => b.BitOperations, (b, v) => b with { BitOperations = v }),
            Other("activations", "A limit on the peak of activation memory as well: 64 KiB, or 0.5x (of full precision).", b => b.Activations, (b, v) => b with { Activations = v })),
        isWord: _ => false);

    private static Field<BudgetPlan, string?> Other(string name, string description, Func<BudgetPlan, string?> get, Func<BudgetPlan, string?, BudgetPlan> set) =>
        new(name, description, Shapes.Words(name == "averageBits" ? "bits of a weight, such as 3.5" : "an amount or a share, such as 0.5x")!, get, set);

    private static readonly Shape<ArmPlan> Arm = new MapShape<ArmPlan>(
        "an arm: { name: free, pattern: free, proposer: random, trials: 20 }",
        new ArmPlan("", SchedulePattern.Free, "", 1),
        new Field<ArmPlan, string>("name", "Unique among the arms.", Shapes.Words(
            "a name of letters, digits, '.', '_' and '-', other than baseline", n => StudyName().IsMatch(n) && n != Trials.Trial.BaselineArm, Pattern),
            a => a.Name, (a, v) => a with { Name = v })
        { IsRequired = true },
        new Field<ArmPlan, SchedulePattern>(
            "pattern", "How widths relate along depth.", SpaceShape.Patterns, a => a.Pattern, (a, v) => a with { Pattern = v })
        { IsRequired = true },
        new Field<ArmPlan, string>(
            "proposer", "How schedules are chosen.", Shapes.Name(Components.Proposers)!, a => a.Proposer.Length == 0 ? null : a.Proposer, (a, v) => a with { Proposer = v! }),
        new Field<ArmPlan, int>("trials", "How many schedules.", Shapes.Whole(1, 1_000_000), a => a.Trials, (a, v) => a with { Trials = v }),
        new Field<ArmPlan, EquatableArray<string>?>(
            "schedules", "Instead of proposer and trials: the schedules, a width for each weight along depth, such as 8-4-2-1x5.",
            new OptionalShape<EquatableArray<string>>(
                new ListShape<string>("a list of schedules, such as [8-4-2-1x5]", Shapes.Words("a schedule, such as 8-4-2-1x5"), least: 1, key: s => s)),
            a => a.Schedules.Count == 0 ? null : a.Schedules, (a, v) => a with { Schedules = v!.Value, Trials = v.Value.Count }),
        new Field<ArmPlan, string?>(
            "shuffles", "For the pattern shuffled: the schedule whose widths are permuted, a width for each point, such as 8-4-4-2.",
            Shapes.Words("a schedule, such as 8-4-4-2", t => Schedule.TryParse(t, out _))!, a => a.Shuffles, (a, v) => a with { Shuffles = v }),
        new Field<ArmPlan, RepairRule>(
            "repair", "Where a proposal outside the space goes: to the nearest schedule inside, or as in HAQ, bits taken from the last layer on.",
            Shapes.Choice(("nearest", RepairRule.Nearest), ("last-layer-first", RepairRule.LastLayerFirst)), a => a.Repair, (a, v) => a with { Repair = v }));

    private const string Pattern = @"^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$";

    /// <summary>The name of a study or ablation, also that of its folder.</summary>
    public static ScalarShape<string> FolderName { get; } = Shapes.Words(
        "a name of up to 64 letters, digits, '.', '_' and '-', not beginning with '.' or '-'", n => StudyName().IsMatch(n), Pattern);

    /// <summary>A plan that says nothing but the defaults.</summary>
    public static StudyPlan Empty { get; } = new()
    {
        Name = "",
        Data = new DataPlan(""),
        Network = new NetworkPlan(""),
        Space = new SpaceRules([]),
        Arms = [],
    };

    /// <summary>A whole plan.</summary>
    public static MapShape<StudyPlan> Plan { get; } = new(
        "a plan: study, data, network, space, arms",
        Empty,
        new Field<StudyPlan, string>("study", "The study's name, also that of its folder.", FolderName, p => p.Name, (p, v) => p with { Name = v })
        { IsRequired = true },
        ExperimentShape.Seed,
        ExperimentShape.Images,
        ExperimentShape.Model,
        ExperimentShape.Quantizers,
        ExperimentShape.Space,
        new Field<StudyPlan, BudgetPlan>("budget", "The memory budget; none by default.", Budget, p => p.Budget, (p, v) => p with { Budget = v }),
        ExperimentShape.Training,
        new Field<StudyPlan, LadderPlan?>("ladder", "Cheaper scores that decide whose training goes on; none by default.", LadderShape.Ladder!, p => p.Ladder, (p, v) => p with { Ladder = v }),
        new Field<StudyPlan, SharedPlan?>(
            "shared", "One set of weights, trained once to serve every width; for training.from: shared.", LadderShape.Shared!, p => p.Shared, (p, v) => p with { Shared = v }),
        new Field<StudyPlan, EquatableArray<ArmPlan>>(
            "arms", "The arms; homogeneous baselines are always there besides.",
            new ListShape<ArmPlan>("a list of arms, at least one", Arm, least: 1, key: a => a.Name) { KeyName = ".name" },
            p => p.Arms, (p, v) => p with { Arms = v })
        { IsRequired = true },
        new Field<StudyPlan, EquatableArray<Bitwidth>>(
            "baselines", "The widths of the homogeneous baselines; all that there are by default.", SpaceShape.ListOfWidths, p => p.Baselines, (p, v) => p with { Baselines = v }),
        new Field<StudyPlan, int>(
            "repeats", "How often each schedule is trained, with different seeds.", Shapes.Whole(1, 1000), p => p.Repeats, (p, v) => p with { Repeats = v }),
        new Field<StudyPlan, int?>(
            "lookahead", "How many of the trials before it a trial takes for running; one more is the largest number of workers. 8 by default.",
            new OptionalShape<int>(Shapes.Whole(0, 255)), p => p.Lookahead, (p, v) => p with { Lookahead = v }),
        new Field<StudyPlan, int>(
            "finalists", "How many schedules are read on the test split at the end.", Shapes.Whole(1, 1000), p => p.Finalists, (p, v) => p with { Finalists = v }));

    [GeneratedRegex(Pattern)]
    private static partial Regex StudyName();
}
