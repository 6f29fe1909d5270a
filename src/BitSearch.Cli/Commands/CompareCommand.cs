using System.CommandLine;
using System.Globalization;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Reports;
using BitSearch.Study;
using BitSearch.Trials;
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
        var (validation, test) = (pairs.Validation(new Seed(facts.Plan.Seed)), pairs.Test(tests, new Seed(facts.Plan.Seed)));
        if (json)
        {
            Output.Json(Facts(study.Design, one, other, pairs, tests, validation, test, looked));
        }
        else
        {
            Print(study.Design, one, other, pairs, tests, validation, test);
            looked?.Print();
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

    private static void Print(
        PlannedStudy design, Trial one, Trial other, PairedSchedules pairs, IReadOnlyDictionary<int, TestScore> tests, PairedError validation, PairedError test)
    {
        foreach (var (name, trial) in new[] { ("first", one), ("second", other) })
        {
            Console.WriteLine($"{name}: {design.Arms[0].Space.Describe(trial.Schedule)}, {trial.Artifact}");
        }

        foreach (var pair in pairs.Pairs)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"repeat {pair.Repeat}: validation {Accuracy(pair.First)} and {Accuracy(pair.Second)}, test {Show.Test(tests[pair.First.Number])} and {Show.Test(tests[pair.Second.Number])}"));
        }

        Console.WriteLine($"validation: {Verdict(validation, pairs.Pairs.Count)}");
        Console.WriteLine($"test: {Verdict(test, pairs.Pairs.Count)}");
    }

    private static string Accuracy(Trial trial) => Show.Accuracy(trial.Completed!.ErrorRate);

    // In points of accuracy, so a positive number says that the first is better.
    private static string Verdict(PairedError error, int pairs) => error.Interval is not { } interval
        ? "one pair alone says nothing of chance; run more repeats"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"the first is {Word(interval)} by {-100 * interval.Estimate:+0.00;-0.00;0.00} points [{-100 * interval.High:+0.00;-0.00;0.00}, {-100 * interval.Low:+0.00;-0.00;0.00}] (mean of {pairs} pairs, 95 % bootstrap interval), p = {error.PValue:0.####} (exact paired permutation test)");

    private static string Word(BitSearch.Statistics.BootstrapInterval interval) =>
        interval.High < 0 ? "better" : interval.Low > 0 ? "worse" : "not shown to be better or worse,";

    private static object Facts(
        PlannedStudy design, Trial one, Trial other, PairedSchedules pairs, IReadOnlyDictionary<int, TestScore> tests, PairedError validation, PairedError test,
        ImageComparison? looked) => new
        {
            Study = design.Plan.Name,
            First = new { Trial = one.Number, Schedule = one.Schedule.ToString(), one.Artifact.Bytes },
            Second = new { Trial = other.Number, Schedule = other.Schedule.ToString(), other.Artifact.Bytes },
            Pairs = pairs.Pairs.Select(p => new
            {
                p.Repeat,
                ValidationErrorRates = new[] { p.First.Completed!.ErrorRate, p.Second.Completed!.ErrorRate },
                Tests = new[] { tests[p.First.Number], tests[p.Second.Number] },
            }),
            ValidationDifference = validation,
            TestDifference = test,
            Images = looked?.Facts(),
        };
}
