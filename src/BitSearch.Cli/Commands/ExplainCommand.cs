using System.CommandLine;
using System.Text;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Studies;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Sensitivity;
using BitSearch.Trials;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch explain STUDY</c>.</summary>
internal static class ExplainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (study, results, json) = (Shared.Study(), Shared.Results(), Shared.Json());
        var number = new Option<int?>("--trial") { Description = "The trial to explain; by default the chosen one.", HelpName = "N" };
        var against = new Option<string>("--against") { Description = $"The sensitivity shown beside: {string.Join(", ", SensitivityMeasure.Catalog.Names)}.", HelpName = "NAME", DefaultValueFactory = _ => "output-kl" };
        var output = new Option<string?>("--output", "-o") { Description = "The folder for table and picture; by default the study's, explain-TRIAL.", HelpName = "DIR" };
        var command = new Command("explain", "Why does each layer have its width? What it saves, and what one step narrower or wider does to the trained network.") { study, number, against, results, output, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(study), parsed.GetValue(number), parsed.GetRequiredValue(against), parsed.GetRequiredValue(results), parsed.GetValue(output), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(string named, int? number, string against, string results, string? output, bool json, CancellationToken stop)
    {
        if (!SensitivityMeasure.Catalog.Contains(against))
        {
            throw new PlanException([SensitivityMeasure.Catalog.Unknown(against, "--against")]);
        }

        var study = await StoredStudy.FindAsync(named, results, stop);
        var facts = await study.FactsAsync(stop);
        var trial = ShowCommand.Find(facts.History, number ?? StudyReport.Of(facts).Chosen?.Trial ?? throw new PlanException(
            study.Folder.Path, "no schedule was chosen: nothing completed within the budget", "name a trial (--trial)"), study.Folder);
        if (trial.Completed is null)
        {
            throw new PlanException($"{study.Folder.Path}: trial {trial.Number}", "it did not complete, so there is no network to explain", "a trial that completed");
        }

        var display = new ProgressDisplay(json ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console);
        var explanation = await ExplainAsync(study, facts, trial, against, display, stop);
        var folder = output ?? Path.Combine(study.Folder.Path, FormattableString.Invariant($"explain-{trial.Number}"));
        var text = ExplainText.Of(explanation, study.Design, against);
        WriteBeside.Write(Path.Combine(folder, "explanation.txt"), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        WriteBeside.Write(Path.Combine(folder, "explanation.csv"), stream => stream.Write(Encoding.UTF8.GetBytes(ExplainText.Csv(explanation))));
        WriteBeside.Write(Path.Combine(folder, "explanation.png"), stream => ExplainPicture.Write(explanation, study.Design, stream));
        if (json)
        {
            Output.Json(ExplainText.Facts(explanation, against));
            return 0;
        }

        Console.WriteLine();
        Console.Write(text);
        Console.WriteLine($"table and picture: {folder}");
        return 0;
    }

    private static async Task<Explanation> ExplainAsync(
        StoredStudy study, StudyFacts facts, Trial trial, string against, ProgressDisplay display, CancellationToken stop)
    {
        var (design, network) = (study.Design, StudyMeasurements.NetworkOf(study.Design));
        using var taken = study.Folder.Take();
        using var materials = await StudyMaterials.LoadAsync(design, study.Folder, workers: 1, display, stop);
        var sensitivity = materials.Weights is null ? null
            : (await StudyMeasurements.ObtainAsync(design, materials, [against], new SensitivitySettings(), display, stop))[0].File.Measurement;
        using var evaluator = materials.Evaluator(design.Plan, study.Folder);
        var evaluation = StudyRunner.EvaluationOf(facts.History, trial);
        var schedules = Explanation.Neighbours(network, trial.Schedule).Prepend(trial.Schedule).ToList();
        var right = new Dictionary<Schedule, IReadOnlyList<bool>>();
        await display.MeasuringAsync("changing one layer at a time", report => Task.Run(
            () =>
            {
                foreach (var schedule in schedules)
                {
                    right.Add(schedule, evaluator.CorrectUnder(evaluation, schedule, stop));
                    report(new MeasuringProgress(right.Count, schedules.Count));
                }

                return true;
            },
            stop));
        return Explanation.Of(network, trial, sensitivity, right, new Seed(facts.Plan.Seed));
    }
}
