using System.CommandLine;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Reports;
using BitSearch.Study;
using BitSearch.Torch.Export;
using BitSearch.Trials;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch export STUDY</c>.</summary>
internal static class ExportCommand
{
    private const string ScheduleFormat = "schedule";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (study, results) = (Shared.Study(), Shared.Results());
        var trial = new Option<int?>("--trial") { Description = "The trial's number; the chosen one by default.", HelpName = "N" };
        var format = new Option<string>("--format") { Description = "What to write.", DefaultValueFactory = _ => ScheduleFormat };
        format.AcceptOnlyFromAmong([ScheduleFormat, .. Components.Exporters.Names]);
        var output = new Option<string?>("--output", "-o") { Description = "The file; by default beside the study's results.", HelpName = "FILE" };
        var command = new Command("export", "Write a trial's schedule (JSON) or its network (packed).") { study, results, trial, format, output };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(study), parsed.GetRequiredValue(results), parsed.GetValue(trial), parsed.GetRequiredValue(format), parsed.GetValue(output), stop));
        return command;
    }

    private static async Task<int> RunAsync(string named, string results, int? number, string format, string? output, CancellationToken stop)
    {
        var study = await StoredStudy.FindAsync(named, results, stop);
        var (design, folder) = study;
        var facts = await study.FactsAsync(stop);
        var trial = ShowCommand.Find(facts.History, number ?? Chosen(facts, folder), folder);
        var extension = format == ScheduleFormat ? "json" : "bitsearch";
        var file = output ?? Path.Combine(folder.Path, $"trial-{trial.Number}.{extension}");
        if (format == ScheduleFormat)
        {
            (ScheduleFile.Of(design, trial, facts.Provenance) with { Weights = StudyRun.WeightsOf(facts.History, trial, folder, file) }).Write(file);
            Console.WriteLine(file);
            return 0;
        }

        await ExportNetworkAsync(design, folder, facts.History, trial, Components.Exporters.Create(format, "--format"), file, stop);
        Console.WriteLine(FormattableString.Invariant($"{file}: {new FileInfo(file).Length:N0} bytes, promised {trial.Artifact.Bytes:N0}"));
        return 0;
    }

    private static async Task ExportNetworkAsync(
        PlannedStudy design, StudyFolder folder, TrialHistory history, Trial trial, INetworkExporter exporter, string file, CancellationToken stop)
    {
        if (trial.Completed is null)
        {
            throw new PlanException($"{folder.Path}: trial {trial.Number}", "it did not complete, so there is no trained network", "a trial that did");
        }

        using var materials = await StudyMaterials.LoadAsync(design, folder, workers: 1, new ProgressDisplay(Spectre.Console.AnsiConsole.Console), stop);
        using var evaluator = materials.Evaluator(design.Plan, folder);
        using var network = evaluator.Load(StudyRunner.EvaluationOf(history, trial), stop);
        exporter.Export(network, file, stop);
    }

    private static int Chosen(StudyFacts facts, StudyFolder folder) => StudyReport.Of(facts).Chosen?.Trial
        ?? throw new PlanException(folder.Path, "no trial completed within the budget", "run the study, or name a trial with --trial");
}
