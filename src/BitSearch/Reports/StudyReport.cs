using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>
/// The summary of a study, computed once from its facts; every file of the results is a view of it. Error rates are
/// mean validation error rates, sizes are what the budget measures, nothing is rounded.
/// </summary>
public sealed record StudyReport
{
    /// <summary>What it was computed from.</summary>
    public required StudyFacts Facts { get; init; }

    /// <summary>All schedules with a completed trial, by ascending number of their first; each once, whoever asked.</summary>
    public required EquatableArray<ReportedSchedule> Schedules { get; init; }

    /// <summary>The plan's arms in its order, then the baselines.</summary>
    public required EquatableArray<ArmReport> Arms { get; init; }

    /// <summary>The schedules that no other dominates in (size, error rate), by ascending size; one a point.</summary>
    public required EquatableArray<ReportedSchedule> Front { get; init; }

    /// <summary>The corner that hypervolumes are measured to.</summary>
    public required ReferencePoint Reference { get; init; }

    /// <summary>The hypervolume of <see cref="Front"/>, as a share 0..1 of the reference rectangle.</summary>
    public required double Hypervolume { get; init; }

    /// <summary>Where the front bends most; null: it has no bend.</summary>
    public required ReportedSchedule? Knee { get; init; }

    /// <summary>The answer to the study's budget, then to each further one.</summary>
    public required EquatableArray<BudgetAnswer> Answers { get; init; }

    /// <summary>The homogeneous schedules by ascending size, each beside the mixed ones.</summary>
    public required EquatableArray<HomogeneousComparison> Homogeneous { get; init; }

    /// <summary>The schedules to read on the test split: see <see cref="FinalistRules"/>.</summary>
    public required EquatableArray<Finalist> Finalists { get; init; }

    /// <summary>What the ladder's rungs were worth, in their order; empty without one.</summary>
    public required EquatableArray<RungReport> Rungs { get; init; }

    /// <summary>The front with intervals; null: no schedule was repeated.</summary>
    public required ReplicatedReport? Replicated { get; init; }

    /// <summary>What the finalists lose from validation to test; empty: no finalist was read on test in two repeats.</summary>
    public required EquatableArray<SelectionGap> Gaps { get; init; }

    /// <summary>How homogeneous baselines and finalists learned; empty: nobody was read more than once.</summary>
    public required EquatableArray<LearningCurve> Curves { get; init; }

    /// <summary>The full-precision packed file, trained or not.</summary>
    public required MemorySize FullPrecisionArtifact { get; init; }

    /// <summary>The plan.</summary>
    public StudyPlan Plan => Facts.Plan;

    /// <summary>The network.</summary>
    public NetworkDescription Network => Facts.Network;

    /// <summary>All trials in number order.</summary>
    public IEnumerable<Trial> Trials => Facts.History.Trials;

    /// <summary>The schedule of fewest validation errors within the study's budget; null: none completed within it.</summary>
    public ReportedSchedule? Chosen => Answers[0].Best;

    /// <summary>The schedule that quantizes nothing; null: not tried.</summary>
    public ReportedSchedule? FullPrecision => Schedules.FirstOrDefault(s => s.IsFullPrecision);

    /// <summary>Where the bytes of the chosen schedule's packed file go; null: nothing is chosen.</summary>
    public Ledger? ChosenLedger => Chosen is null ? null : Ledger.Of(Network, Chosen.Schedule);

    /// <summary>Computes the report. Pure; O(n log n) in the number of schedules, but for the hypervolumes' history.</summary>
    public static StudyReport Of(StudyFacts facts) => new ReportAnalysis(facts).Report();

    /// <summary>The reported schedule, or null if none of its trials completed.</summary>
    public ReportedSchedule? Find(Schedule schedule) => Schedules.FirstOrDefault(s => s.Schedule == schedule);
}
