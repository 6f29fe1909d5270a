using BitSearch.Cli.Plans;
using BitSearch.Cli.Storage;
using BitSearch.Reports;

namespace BitSearch.Cli.Studies;

/// <summary>A study that was run before, finished or not, found by its plan, its folder or its name.</summary>
/// <param name="Design">The plan and what it means.</param>
/// <param name="Folder">Where it lies.</param>
internal sealed record StoredStudy(PlannedStudy Design, StudyFolder Folder)
{
    /// <summary>Finds a study.</summary>
    /// <param name="named">A plan (YAML), a study's folder, or the name of a folder in <paramref name="results"/>.</param>
    /// <param name="results">The folder that holds a folder for each study.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PlanException">There is none, or its plan is wrong.</exception>
    public static async Task<StoredStudy> FindAsync(string named, string results, CancellationToken cancellationToken)
    {
        if (File.Exists(named))
        {
            var design = PlanFile.Open(named);
            return new StoredStudy(design, new StudyFolder(Path.Combine(results, design.Plan.Name)));
        }

        var path = new[] { named, Path.Combine(results, named) }.FirstOrDefault(Directory.Exists)
            ?? throw new PlanException(named, "there is no such plan, folder or study", $"name a plan (YAML), a study's folder, or a study in {results}");
        var folder = new StudyFolder(path);
        await using var store = await SqliteTrialStore.ReadAsync(folder.Database, cancellationToken);
        var notes = await StudyNotes.ReadAsync(store, cancellationToken);
        return new StoredStudy(PlanFile.Open(folder.Plan, notes.PlanFolder), folder);
    }

    /// <summary>What is known of it so far. Takes no lock: the study may be running.</summary>
    /// <exception cref="PlanException">The study was never begun, or with another plan.</exception>
    public async Task<StudyFacts> FactsAsync(CancellationToken cancellationToken)
    {
        await using var store = await SqliteTrialStore.ReadAsync(Folder.Database, cancellationToken);
        await store.CheckPlanAsync(Design.Fields, cancellationToken);
        return await FactsAsync(Design, store, cancellationToken);
    }

    /// <summary>What a store holds of a study.</summary>
    public static async Task<StudyFacts> FactsAsync(PlannedStudy design, SqliteTrialStore store, CancellationToken cancellationToken)
    {
        var notes = await StudyNotes.ReadAsync(store, cancellationToken);
        return new StudyFacts(design.Plan, design.Network, await store.ListAsync(cancellationToken))
        {
            Budget = design.Budget,
            FurtherBudgets = design.FurtherBudgets,
            Tests = await store.ListTestsAsync(cancellationToken),
            ValidationImages = notes.ValidationImages,
            Provenance = notes.Provenance,
        };
    }
}
