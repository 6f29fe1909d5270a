using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Storage;
using BitSearch.Reports;
using BitSearch.Study;
using BitSearch.Torch.Export;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;

namespace BitSearch.Cli.Studies;

/// <summary>
/// A whole run of a study: search, finalists on the test split, reports, the chosen schedule as files. Everything is found
/// again or computed again when a run was cut off anywhere.
/// </summary>
/// <param name="design">What to run.</param>
/// <param name="folder">Where to.</param>
/// <param name="command">The command line, for the report.</param>
/// <param name="display">Shows progress.</param>
/// <param name="clock">Dates the report.</param>
internal sealed class StudyRun(PlannedStudy design, StudyFolder folder, string command, ProgressDisplay display, TimeProvider clock)
{
    private StudyPlan Plan => design.Plan;

    /// <summary>Runs or resumes the study.</summary>
    /// <returns>The report, and how many trials this run evaluated.</returns>
    /// <exception cref="PlanException">The plan, its files or the folder cannot be used.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested; finished trials are kept.</exception>
    public async Task<(StudyReport Report, int Evaluated)> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        using var taken = folder.Take();
        using var materials = await display.TrainingAsync(
            $"float {Plan.Network.Name}", report => Task.Run(() => StudyMaterials.Load(design, report, cancellationToken), cancellationToken));
        using var host = Compose(materials);
        var store = host.Services.GetRequiredService<ITrialStore>();
        var evaluator = host.Services.GetRequiredService<TrainingEvaluator>();
        var log = host.Services.GetRequiredService<ILogger>();
        var evaluated = 0;
        await display.StudyAsync(design, async show =>
        {
            var runner = new StudyRunner(Plan, [.. design.Arms], design.Baselines, store, evaluator, happened =>
            {
                evaluated += happened is StudyEvent.TrialFinished { Trial.CopyOf: null } ? 1 : 0;
                StudyLog.Write(log, happened);
                show(happened);
            });
            return await Task.Run(() => runner.RunAsync(materials.Identity(design), cancellationToken), cancellationToken);
        });
        await ReadFinalistsAsync(store, evaluator, materials, cancellationToken);
        var provenance = materials.Provenance(design, command) with { Started = started, Finished = clock.GetUtcNow() };
        var final = StudyReport.Of(await FactsAsync(store, materials.Data.Validation.Count, provenance, cancellationToken));
        if (evaluated > 0 || !File.Exists(folder.Schedule))
        {
            ReportFiles.WriteAll(final, folder.Path);
            ExportChosen(final, evaluator, cancellationToken);
        }

        return (final, evaluated);
    }

    private IHost Compose(StudyMaterials materials)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSerilog((_, log) => log.WriteTo.File(
            Path.Combine(folder.Logs, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}.log"), formatProvider: System.Globalization.CultureInfo.InvariantCulture));
        builder.Services.AddSingleton<ITrialStore>(_ => new SqliteTrialStore(folder.Database));
        builder.Services.AddSingleton(_ => new TrainingEvaluator(Plan, materials.Data, materials.Weights, folder.Weights));
        return builder.Build();
    }

    // The test split is read after the search, once for each finalist, and what was read is kept.
    private async Task ReadFinalistsAsync(ITrialStore store, TrainingEvaluator evaluator, StudyMaterials materials, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(store, materials.Data.Validation.Count, new Provenance(), cancellationToken);
        foreach (var finalist in StudyReport.Of(facts).Finalists.Where(f => f.Schedule.Test is null))
        {
            var trial = facts.History.Find(finalist.Schedule.Trial)!;
            var score = await Task.Run(() => evaluator.Test(EvaluationOf(facts.History, trial), cancellationToken), cancellationToken);
            await store.SaveTestAsync(trial.Number, score, cancellationToken);
        }
    }

    private async Task<StudyFacts> FactsAsync(ITrialStore store, int validationImages, Provenance provenance, CancellationToken cancellationToken) =>
        new(Plan, design.Network, await store.ListAsync(cancellationToken))
        {
            Budget = design.Budget,
            FurtherBudgets = design.FurtherBudgets,
            Tests = await store.ListTestsAsync(cancellationToken),
            ValidationImages = validationImages,
            Provenance = provenance,
        };

    private void ExportChosen(StudyReport report, TrainingEvaluator evaluator, CancellationToken cancellationToken)
    {
        if (report.Chosen is not { } chosen)
        {
            return;
        }

        var trial = report.Facts.History.Find(chosen.Trial)!;
        using var network = evaluator.Load(EvaluationOf(report.Facts.History, trial), cancellationToken);
        new PackedWriter().Export(network, folder.Packed, cancellationToken);
        ScheduleFile.Of(design, trial, report.Facts.Provenance).Write(folder.Schedule);
    }

    /// <summary>The evaluation that made a trial's outcome: that of the trial it is a copy of.</summary>
    public static Evaluation EvaluationOf(TrialHistory history, Trial trial)
    {
        var original = trial.CopyOf is { } number ? history.Find(number)! : trial;
        return new Evaluation(original.Number, original.Schedule, original.Repeat);
    }
}
