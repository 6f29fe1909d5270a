using BitSearch.Search;
using BitSearch.Space;

namespace BitSearch.Study;

/// <summary>Which data set, and how it is split.</summary>
/// <param name="Name">The catalog's name.</param>
/// <param name="Validation">Validation images; null: the data set's own choice. Ignored when the weights saw the training set.</param>
/// <param name="Folder">Where the files lie; null: the places that the data set knows. No part of the fingerprint: the content is.</param>
public sealed record DataPlan(string Name, int? Validation = null, string? Folder = null);

/// <summary>Which network, and its weights.</summary>
/// <param name="Name">The catalog's name.</param>
/// <param name="Width">The factor on the channels; 1 is the published network.</param>
/// <param name="Weights">A safetensors file of float weights; null: trained by the plan's baseline recipe and cached, or not needed.</param>
/// <param name="SawTraining">Whether the weights saw the whole training set; validation is then taken from the test images.</param>
public sealed record NetworkPlan(string Name, double Width = 1, string? Weights = null, bool SawTraining = false)
{
    /// <summary>How the float baseline is trained when there is no file of weights.</summary>
    public Recipe? Baseline { get; init; }
}

/// <summary>Which quantizers.</summary>
/// <param name="Weights">The catalog's name for weights.</param>
/// <param name="Activations">The catalog's name for activations.</param>
/// <param name="PerChannel">Whether weights have one scale an output channel (where the quantizer offers it).</param>
public sealed record QuantizerPlan(string Weights = "lsq", string Activations = "lsq", bool PerChannel = false);

/// <summary>What the study is limited to.</summary>
/// <param name="Limit">As written: <c>64 KiB</c>, <c>0.10x</c>, <c>avg 3.5 bits</c>, <c>unlimited</c>.</param>
/// <param name="Of">What is measured: the artifact or its weights.</param>
/// <param name="Report">Further, smaller budgets that the report answers.</param>
public sealed record BudgetPlan(string Limit = "unlimited", BudgetMeasure Of = BudgetMeasure.Artifact, EquatableArray<string> Report = default)
{
    /// <summary>A limit on the average width of the weights as well, such as <c>3.5</c>; null: none.</summary>
    public string? AverageBits { get; init; }

    /// <summary>A limit on bit operations as well, such as <c>0.1x</c> or <c>1.2 GBOPs</c>; null: none.</summary>
    public string? BitOperations { get; init; }

    /// <summary>A limit on the peak of activation memory as well, such as <c>64 KiB</c>; null: none.</summary>
    public string? Activations { get; init; }

    /// <summary>The limits besides the memory budget, with their keys in plans.</summary>
    public IEnumerable<(string Key, BudgetMeasure Of, string Text)> Others() => new[]
    {
        ("averageBits", BudgetMeasure.AverageBits, AverageBits),
        ("bitOperations", BudgetMeasure.BitOperations, BitOperations),
        ("activations", BudgetMeasure.Activations, Activations),
    }.Where(o => o.Item3 is not null).Select(o => (o.Item1, o.Item2, o.Item3!));
}

/// <summary>One arm of the study: a pattern searched by a strategy.</summary>
/// <param name="Name">Unique among the arms.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Proposer">The catalog's name; empty where the schedules are given.</param>
/// <param name="Trials">How many schedules, at least 1.</param>
public sealed record ArmPlan(string Name, SchedulePattern Pattern, string Proposer, int Trials)
{
    /// <summary>The schedule whose widths are permuted, for <see cref="SchedulePattern.Shuffled"/>, one width per point; null for other patterns.</summary>
    public string? Shuffles { get; init; }

    /// <summary>The arm's schedules, in their order, see <see cref="ScheduleText.Read"/>; empty: the proposer chooses.</summary>
    public EquatableArray<string> Schedules { get; init; }

    /// <summary>How proposals outside the space are repaired.</summary>
    public RepairRule Repair { get; init; }
}

/// <summary>Everything that decides what a study does.</summary>
public sealed record StudyPlan
{
    /// <summary>The number of trials that a trial takes for running, unless the plan says something else.</summary>
    public const int DefaultLookahead = 8;

    /// <summary>The study's name: letters, digits, '.', '_' and '-'; also the folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>The root of all randomness.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The data.</summary>
    public required DataPlan Data { get; init; }

    /// <summary>The network.</summary>
    public required NetworkPlan Network { get; init; }

    /// <summary>The quantizers.</summary>
    public QuantizerPlan Quantizer { get; init; } = new();

    /// <summary>What is searched.</summary>
    public required SpaceRules Space { get; init; }

    /// <summary>The memory budget.</summary>
    public BudgetPlan Budget { get; init; } = new();

    /// <summary>How each schedule is trained.</summary>
    public Recipe Training { get; init; } = new();

    /// <summary>Cheaper scores that decide whose training goes on; null: every schedule is trained to the end.</summary>
    public LadderPlan? Ladder { get; init; }

    /// <summary>How the weights are trained that serve every width; null: there are none.</summary>
    public SharedPlan? Shared { get; init; }

    /// <summary>The arms, at least one.</summary>
    public required EquatableArray<ArmPlan> Arms { get; init; }

    /// <summary>The widths of the homogeneous baselines; empty: all that there are.</summary>
    public EquatableArray<Bitwidth> Baselines { get; init; }

    /// <summary>How often each schedule is trained, with different seeds; at least 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>
    /// How many of the trials before it a trial takes for running, whether they are or not; so many plus one is the largest
    /// number of workers. Null: <see cref="DefaultLookahead"/>.
    /// </summary>
    public int? Lookahead { get; init; }

    /// <summary>How many schedules are read on the test split at the end, at least 1.</summary>
    public int Finalists { get; init; } = 5;
}
