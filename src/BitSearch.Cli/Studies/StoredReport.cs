using BitSearch.Cli.Plans;
using BitSearch.Cli.Storage;
using BitSearch.Reports;

namespace BitSearch.Cli.Studies;

/// <summary>The report of a study that was run before, from its store.</summary>
internal static class StoredReport
{
    /// <summary>Reads the store, without a lock.</summary>
    /// <param name="design">The study.</param>
    /// <param name="folder">Where it was run.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PlanException">There is no study, or the store cannot be read.</exception>
    public static async Task<StudyFacts> FactsAsync(PlannedStudy design, StudyFolder folder, CancellationToken cancellationToken)
    {
        await using var store = await SqliteTrialStore.ReadAsync(folder.Database, cancellationToken);
        return new StudyFacts(design.Plan, design.Network, await store.ListAsync(cancellationToken))
        {
            Budget = design.Budget,
            FurtherBudgets = design.FurtherBudgets,
            Tests = await store.ListTestsAsync(cancellationToken),
        };
    }
}
