using System.Collections.Immutable;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Reports;

/// <summary>Everything a report is computed from.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Network">The network of the arms' spaces: its points say which of them follow the pattern.</param>
/// <param name="History">All trials, running ones included.</param>
public sealed record StudyFacts(StudyPlan Plan, NetworkDescription Network, TrialHistory History)
{
    /// <summary>What <see cref="BudgetPlan.Limit"/> comes to; no limit by default.</summary>
    public NamedBudget Budget { get; init; } = NamedBudget.None;

    /// <summary>What <see cref="BudgetPlan.Report"/> comes to, in the plan's order.</summary>
    public EquatableArray<NamedBudget> FurtherBudgets { get; init; }

    /// <summary>The readings of the test split so far, by trial number.</summary>
    public IReadOnlyDictionary<int, TestScore> Tests { get; init; } = ImmutableDictionary<int, TestScore>.Empty;

    /// <summary>The number of validation images; null: unknown, and no interval is given.</summary>
    public int? ValidationImages { get; init; }

    /// <summary>Where and how it was computed.</summary>
    public Provenance Provenance { get; init; } = new();
}
