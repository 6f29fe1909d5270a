using System.Text;
using BitSearch.Ablation;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Storage;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using Microsoft.Extensions.DependencyInjection;
using Serilog;

namespace BitSearch.Cli.Studies;

/// <summary>A whole ablation: schedules matched, trained, compared, reported. Goes on where it was cut off.</summary>
/// <param name="design">What to run.</param>
/// <param name="folder">Where to.</param>
/// <param name="command">The command line, for the report.</param>
/// <param name="workers">How many trials run at once, one thread each.</param>
/// <param name="verbose">Whether the console shows the log, and the log each step.</param>
/// <param name="display">Shows progress.</param>
/// <param name="clock">Dates the report.</param>
internal sealed class AblationRun(
    PlannedAblation design, StudyFolder folder, string command, int workers, bool verbose, ProgressDisplay display, TimeProvider clock)
{
    private PlannedStudy Study => design.Study;

    /// <summary>Runs or resumes the ablation.</summary>
    /// <param name="tell">Hears what is going to be trained, before it is.</param>
    /// <param name="cancellationToken">Stops; finished trials are kept.</param>
    /// <returns>What was found; and why it stopped before its end, if it did.</returns>
    /// <exception cref="PlanException">The plan, its files or the folder cannot be used.</exception>
    public async Task<(AblationFacts Facts, string? Stopped)> RunAsync(Action<AblationDesign> tell, CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        using var taken = folder.Take();
        using var materials = await StudyMaterials.LoadAsync(Study, folder, workers, display, cancellationToken);
        using var host = StudyHost.Of(Study.Plan, folder, materials, verbose, clock);
        await using var store = host.Services.GetRequiredService<SqliteTrialStore>();
        var matched = await Task.Run(
            () => AblationDesign.Of(design.Plan, [.. Study.Arms.Select(a => a.Space)], materials.Arms(Study)[0].Measured[Study.Arms[0].Proposer.Needs[0]]), cancellationToken);
        tell(matched);

        // The tables of counts, a GiB or two, are garbage now, and trainings allocate too little for a collection to come by itself.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        await store.OpenAsync(materials.Identity(design.Fields), cancellationToken);
        WriteBeside.Write(folder.Plan, stream => stream.Write(Encoding.UTF8.GetBytes(Study.Text)));
        var (history, trained, stopped) = await TrainAsync(matched, materials, host.Services, cancellationToken);
        var notes = await StudyNotes.ReadAsync(store, cancellationToken);
        if (trained > 0 || notes.Provenance.Finished is null)
        {
            notes = new StudyNotes(Study.Folder, materials.Data.Validation.Count, Provenance(materials) with { Started = started, Finished = clock.GetUtcNow() });
            await notes.WriteAsync(store, cancellationToken);
        }

        var facts = new AblationFacts(Study.Plan.Name, Study.Network, [.. history.Trials], matched, notes.Provenance);
        AblationFiles.WriteAll(facts, folder.Path);
        return (facts, stopped);
    }

    private async Task<(TrialHistory History, int Trained, string? Stopped)> TrainAsync(
        AblationDesign matched, StudyMaterials materials, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (trained, stopped) = (0, (string?)null);
        var log = services.GetRequiredService<ILogger>();
        var history = await display.StudyAsync(Study, async show =>
        {
            // No arm proposes: the design says what is trained, after the network at full precision.
            var runner = new StudyRunner(
                Study.Plan, [Study.Arms[0] with { Trials = 0 }], [Schedule.Homogeneous(Study.Network.Points.Count, Bitwidth.Full)],
                services.GetRequiredService<SqliteTrialStore>(), services.GetRequiredService<TrainingEvaluator>(), Hear, workers)
            {
                Given = matched.Trials(),
            };
            return await Task.Run(() => runner.RunAsync(materials.Identity(design.Fields), cancellationToken), cancellationToken);

            void Hear(StudyEvent happened)
            {
                trained += happened is StudyEvent.TrialFinished { Trial.CopyOf: null } ? 1 : 0;
                stopped = (happened as StudyEvent.Stopped)?.Reason ?? stopped;
                StudyLog.Write(log, happened);
                show(happened);
            }
        });
        return (history, trained, stopped);
    }

    private Provenance Provenance(StudyMaterials materials) =>
        materials.Provenance(Study, command, workers) with { PlanFingerprint = PlannedStudy.FingerprintOf(design.Fields) };
}
