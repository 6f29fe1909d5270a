using System.CommandLine;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Reports;
using BitSearch.Study;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch compare STUDY FIRST SECOND</c>.</summary>
internal static class CompareCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (study, results, json) = (Shared.Study(), Shared.Results(), Shared.Json());
        var first = new Argument<int>("first") { Description = "A trial; all repeats of its schedule count." };
        var second = new Argument<int>("second") { Description = "The trial to compare with." };
        var images = new Option<bool>("--images")
        {
            Description = "Look at single images too: which network gets which test image right (McNemar's test, the two trials named), and how far training and test accuracy are apart.",
        };
        var command = new Command("compare", "Compare two schedules of a study over their repeats: paired differences on validation and test, with an interval.")
        {
            study, first, second, results, images, json,
        };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(study), parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), parsed.GetRequiredValue(results),
            parsed.GetValue(images), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(string named, int first, int second, string results, bool images, bool json, CancellationToken stop)
    {
        var study = await StoredStudy.FindAsync(named, results, stop);
        var facts = await study.FactsAsync(stop);
        var (one, other) = (ShowCommand.Find(facts.History, first, study.Folder), ShowCommand.Find(facts.History, second, study.Folder));
        var pairs = PairedSchedules.Of(facts.History, one.Schedule, other.Schedule);
        if (one.Schedule == other.Schedule || pairs.Pairs.Count == 0)
        {
            throw new PlanException(
                $"{study.Folder.Path}: trials {first} and {second}",
                one.Schedule == other.Schedule ? "they have the same schedule" : "no repeat of both was completed",
                "two trials with other schedules that were trained with the same seed");
        }

        var tests = await ReadAsync(study, facts, pairs, stop);
        var looked = images ? await ImageComparison.OfAsync(study, facts, one, other, pairs, stop) : null;
        var compared = new TrialComparison(study.Design, one, other, pairs, tests);
        if (json)
        {
            Output.Json(compared.Facts(looked?.Facts()));
            return 0;
        }

        foreach (var line in compared.Lines().Concat(looked?.Lines() ?? []))
        {
            Console.WriteLine(line);
        }

        return 0;
    }

    // The test split is read once for each trial, and what was read is kept.
    private static async Task<IReadOnlyDictionary<int, TestScore>> ReadAsync(StoredStudy study, StudyFacts facts, PairedSchedules pairs, CancellationToken stop)
    {
        var missing = pairs.Pairs.SelectMany(p => new[] { p.First, p.Second }).Where(t => !facts.Tests.ContainsKey(t.Number)).ToList();
        var tests = facts.Tests.ToDictionary();
        if (missing.Count == 0)
        {
            return tests;
        }

        using var taken = study.Folder.Take();
        using var materials = await StudyMaterials.LoadAsync(study.Design, study.Folder, workers: 1, new ProgressDisplay(AnsiConsole.Console), stop);
        using var evaluator = materials.Evaluator(study.Design.Plan, study.Folder);
        await using var store = await SqliteTrialStore.WriteAsync(study.Folder.Database, stop);
        foreach (var trial in missing)
        {
            tests[trial.Number] = await StudyRun.ReadTestAsync(store, evaluator, facts.History, trial, stop);
        }

        return tests;
    }
}
