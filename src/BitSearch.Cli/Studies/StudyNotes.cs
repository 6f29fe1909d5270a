using System.Globalization;
using System.Text.Json;
using BitSearch.Cli.Storage;
using BitSearch.Reports;

namespace BitSearch.Cli.Studies;

/// <summary>
/// What a study's database knows besides its trials: enough to write every report again, without images, weights or libtorch.
/// </summary>
/// <param name="PlanFolder">What relative paths in the plan are relative to.</param>
/// <param name="ValidationImages">The number of validation images; null: unknown.</param>
/// <param name="Provenance">Where and how it was computed.</param>
internal sealed record StudyNotes(string PlanFolder, int? ValidationImages, Provenance Provenance)
{
    /// <summary>Reads the notes; those of a study that has none say nothing.</summary>
    public static async Task<StudyNotes> ReadAsync(SqliteTrialStore store, CancellationToken cancellationToken)
    {
        var notes = await store.ListNotesAsync(cancellationToken);
        return new StudyNotes(
            notes.GetValueOrDefault("plan.folder", "."),
            notes.TryGetValue("validation.images", out var images) ? int.Parse(images, CultureInfo.InvariantCulture) : null,
            notes.TryGetValue("provenance", out var provenance) ? JsonSerializer.Deserialize<Provenance>(provenance)! : new Provenance());
    }

    /// <summary>Writes the notes.</summary>
    public async Task WriteAsync(SqliteTrialStore store, CancellationToken cancellationToken)
    {
        await store.SaveNoteAsync("plan.folder", PlanFolder, cancellationToken);
        await store.SaveNoteAsync("provenance", JsonSerializer.Serialize(Provenance), cancellationToken);
        if (ValidationImages is { } images)
        {
            await store.SaveNoteAsync("validation.images", images.ToString(CultureInfo.InvariantCulture), cancellationToken);
        }
    }
}
