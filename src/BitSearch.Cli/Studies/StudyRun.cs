using System.Text;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Storage;
using BitSearch.Reports;
using BitSearch.Study;
using BitSearch.Torch.Export;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using Microsoft.Extensions.DependencyInjection;
using Serilog;

namespace BitSearch.Cli.Studies;

/// <summary>
/// A whole run of a study: search, finalists on the test split, reports, the chosen schedule as files. Everything is found
/// again or computed again when a run was cut off anywhere.
/// </summary>
/// <param name="design">What to run.</param>
/// <param name="folder">Where to.</param>
/// <param name="command">The command line, for the report.</param>
/// <param name="workers">How many trials run at once, one thread each.</param>
/// <param name="verbose">Whether the console shows the log, and the log each step.</param>
/// <param name="display">Shows progress.</param>
/// <param name="clock">Dates the report.</param>
internal sealed class StudyRun(
    PlannedStudy design, StudyFolder folder, string command, int workers, bool verbose, ProgressDisplay display, TimeProvider clock)
{
    private StudyPlan Plan => design.Plan;

    /// <summary>Runs or resumes the study.</summary>
    /// <exception cref="PlanException">The plan, its files or the folder cannot be used.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested; finished trials are kept.</exception>
    public async Task<StudyRunResult> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        using var taken = folder.Take();
        await CheckPlanAsync(cancellationToken);
        using var materials = await StudyMaterials.LoadAsync(design, folder, workers, display, cancellationToken);
        using var host = StudyHost.Of(Plan, folder, materials, verbose, clock);
        await using var store = host.Services.GetRequiredService<SqliteTrialStore>();
        var evaluator = host.Services.GetRequiredService<TrainingEvaluator>();
        var log = host.Services.GetRequiredService<ILogger>();
        var (evaluated, stopped) = (0, (string?)null);
        var notes = await BeginAsync(store, materials, started, cancellationToken);
        await display.StudyAsync(design, async show =>
        {
            var runner = new StudyRunner(Plan, materials.Arms(design), design.Baselines, store, evaluator, Hear, workers);
            return await Task.Run(() => runner.RunAsync(materials.Identity(design.Fields), cancellationToken), cancellationToken);

            void Hear(StudyEvent happened)
            {
                evaluated += happened is StudyEvent.TrialFinished { Trial.CopyOf: null } ? 1 : 0;
                stopped = (happened as StudyEvent.Stopped)?.Reason ?? stopped;
                StudyLog.Write(log, happened);
                show(happened);
            }
        });
        var read = await ReadFinalistsAsync(store, evaluator, log, cancellationToken);
        if (evaluated + read > 0 || notes.Provenance.Finished is null)
        {
            notes = notes with { Provenance = materials.Provenance(design, command, workers) with { Started = started, Finished = clock.GetUtcNow() } };
            await notes.WriteAsync(store, cancellationToken);
        }

        // Written again also when nothing was left to do: cheap, and the same bytes.
        var report = StudyReport.Of(await FactsAsync(store, cancellationToken));
        ReportFiles.WriteAll(report, folder.Path);
        ExportChosen(report, evaluator, cancellationToken);
        return new StudyRunResult(report, evaluated, read, stopped);
    }

    // A plan that is another study's is refused before anything is loaded or trained for it.
    private async Task CheckPlanAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(folder.Database))
        {
            await using var store = await SqliteTrialStore.WriteAsync(folder.Database, cancellationToken);
            await store.CheckPlanAsync(design.Fields, cancellationToken);
        }
    }

    // The notes of an earlier run stay until this one has something to say.
    private async Task<StudyNotes> BeginAsync(
        SqliteTrialStore store, StudyMaterials materials, DateTimeOffset started, CancellationToken cancellationToken)
    {
        await store.OpenAsync(materials.Identity(design.Fields), cancellationToken);
        WriteBeside.Write(folder.Plan, stream => stream.Write(Encoding.UTF8.GetBytes(design.Text)));
        var known = (await StudyNotes.ReadAsync(store, cancellationToken)).Provenance;
        var provenance = known.Finished is null ? materials.Provenance(design, command, workers) with { Started = started } : known;
        var notes = new StudyNotes(design.Folder, materials.Data.Validation.Count, provenance);
        await notes.WriteAsync(store, cancellationToken);
        return notes;
    }

    // The test split is read after the search, once for each repeat of a finalist, and what was read is kept.
    private async Task<int> ReadFinalistsAsync(SqliteTrialStore store, TrainingEvaluator evaluator, ILogger log, CancellationToken cancellationToken)
    {
        var read = 0;
        var facts = await FactsAsync(store, cancellationToken);
        foreach (var finalist in StudyReport.Of(facts).Finalists)
        {
            var unread = facts.History.CompletedRepeats(finalist.Schedule.Schedule).Where(t => !facts.Tests.ContainsKey(t.Number)).ToList();
            foreach (var trial in unread)
            {
                var score = await ReadTestAsync(store, evaluator, facts.History, trial, cancellationToken);
                log.Information("Trial {Number} on test: {Correct} of {Count}", trial.Number, score.Correct, score.Count);
            }

            read += unread.Count > 0 ? 1 : 0;
        }

        return read;
    }

    /// <summary>Reads the test split with a completed trial's network, and keeps what was read.</summary>
    public static async Task<TestScore> ReadTestAsync(
        SqliteTrialStore store, TrainingEvaluator evaluator, TrialHistory history, Trial trial, CancellationToken cancellationToken)
    {
        var score = await Task.Run(() => evaluator.Test(StudyRunner.EvaluationOf(history, trial), cancellationToken), cancellationToken);
        await store.SaveTestAsync(trial.Number, score, CancellationToken.None);
        return score;
    }

    private Task<StudyFacts> FactsAsync(SqliteTrialStore store, CancellationToken cancellationToken) =>
        StoredStudy.FactsAsync(design, store, cancellationToken);

    private void ExportChosen(StudyReport report, TrainingEvaluator evaluator, CancellationToken cancellationToken)
    {
        if (report.Chosen is not { } chosen)
        {
            return;
        }

        var trial = report.Facts.History.Find(chosen.Trial)!;
        using var network = evaluator.Load(StudyRunner.EvaluationOf(report.Facts.History, trial), cancellationToken);
        new PackedWriter().Export(network, folder.Packed, cancellationToken);
        (ScheduleFile.Of(design, trial, report.Facts.Provenance) with { Weights = WeightsOf(report.Facts.History, trial, folder, folder.Schedule) }).Write(folder.Schedule);
    }

    /// <summary>A trial's trained state, relative to a file that names it.</summary>
    public static string WeightsOf(TrialHistory history, Trial trial, StudyFolder folder, string file) => Path.GetRelativePath(
        Path.GetDirectoryName(Path.GetFullPath(file))!,
        Path.GetFullPath(Path.Combine(folder.Weights, $"{StudyRunner.EvaluationOf(history, trial).Number}.safetensors")));
}
