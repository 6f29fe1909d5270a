using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Ablation;

/// <summary>What is known of an ablation: enough to write every report of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Network">The network.</param>
/// <param name="Trials">All trials in number order.</param>
/// <param name="Design">What was to be trained.</param>
/// <param name="Provenance">Where and how it was computed.</param>
public sealed record AblationFacts(string Name, NetworkDescription Network, EquatableArray<Trial> Trials, AblationDesign Design, Provenance Provenance)
{
    private AblationResult? _result;

    /// <summary>The analysis.</summary>
    public AblationResult Result => LazyInitializer.EnsureInitialized(
        ref _result, () => AblationResult.Of(AblationRow.Of(Trials), new Seed(Design.Plan.Study.Seed), Design.Plan.Margin));

    /// <summary>The validation error rate at full precision; null if it was not trained.</summary>
    public double? FullPrecision => Trials.FirstOrDefault(t => t.Arm == Trial.BaselineArm)?.Completed?.ErrorRate;

    /// <summary>Arms that have no schedule at a budget, for people.</summary>
    public IEnumerable<string> Lacking =>
        from budget in Design.Budgets
        from arm in budget.Arms
        where arm.WhyEmpty is not null
        select $"{budget.Name}: {arm.WhyEmpty}";
}
