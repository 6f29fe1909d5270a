using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Ablation;

/// <summary>
/// The experiment that Chu et al. (2021) did not run: decreasing schedules against every alternative at the same bytes, with the
/// same seeds, the same images in the same order and the same number of steps.
/// </summary>
/// <param name="Study">Data, network, quantizers, space and training; its arms are the patterns, by the proxy's proposer.</param>
public sealed record AblationPlan(StudyPlan Study)
{
    /// <summary>All arms, in the order in which they are shown.</summary>
    public static EquatableArray<SchedulePattern> AllPatterns { get; } =
    [
        SchedulePattern.Decreasing, SchedulePattern.Increasing, SchedulePattern.Free,
        SchedulePattern.Homogeneous, SchedulePattern.Shuffled, SchedulePattern.BySize,
    ];

    /// <summary>The budgets, as written: <c>as 2 bits</c>, <c>0.08x</c>.</summary>
    public EquatableArray<string> Budgets { get; init; }

    /// <summary>The share of the budget by which a schedule may be smaller; none is larger.</summary>
    public double Tolerance { get; init; } = 0.005;

    /// <summary>The strategy whose measurement ranks schedules without training.</summary>
    public string Proxy { get; init; } = "sensitivity";

    /// <summary>What is compared; decreasing is always among them.</summary>
    public EquatableArray<SchedulePattern> Patterns { get; init; } = AllPatterns;

    /// <summary>How often each cell is trained, each time with another seed, at least 2.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>So many points of accuracy are no loss, where memory saved at equal accuracy is asked for.</summary>
    public double Margin { get; init; } = 0.3;
}
