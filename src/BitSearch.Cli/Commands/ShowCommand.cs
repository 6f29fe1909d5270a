using System.CommandLine;
using System.Globalization;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Trials;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch show STUDY TRIAL</c>.</summary>
internal static class ShowCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (study, results, json) = (Shared.Study(), Shared.Results(), Shared.Json());
        var number = new Argument<int>("trial") { Description = "The trial's number." };
        var command = new Command("show", "Show one trial: widths, bytes and error, layer by layer.") { study, number, results, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(study), parsed.GetRequiredValue(number), parsed.GetRequiredValue(results), parsed.GetValue(json), stop));
        return command;
    }

    /// <summary>The trial with a number.</summary>
    /// <exception cref="PlanException">There is none.</exception>
    public static Trial Find(TrialHistory history, int number, StudyFolder folder) => history.Find(number)
        ?? throw new PlanException($"{folder.Path}: trial {number}", "there is no such trial", $"0 to {history.NextNumber - 1}");

    private static async Task<int> RunAsync(string named, int number, string results, bool json, CancellationToken stop)
    {
        var study = await StoredStudy.FindAsync(named, results, stop);
        var (design, folder) = study;
        var facts = await study.FactsAsync(stop);
        var trial = Find(facts.History, number, folder);
        if (json)
        {
            Output.Json(Facts(trial, facts, ScheduleFile.Of(design, trial, facts.Provenance)));
            return 0;
        }

        Head(trial, design);
        if (facts.Tests.TryGetValue(trial.Number, out var test))
        {
            Console.WriteLine($"test accuracy {Show.Test(test)} ({Show.Count(test.Correct)} of {Show.Count(test.Count)} images)");
        }

        Console.WriteLine($"bytes: {string.Join(", ", Kinds(design.Network, trial.Schedule))}");
        AnsiConsole.Write(Layers(design.Network, trial.Schedule));
        return 0;
    }

    private static object Facts(Trial trial, StudyFacts facts, ScheduleFile schedule) => new
    {
        Trial = trial.Number,
        trial.Arm,
        trial.Repeat,
        trial.CopyOf,
        trial.WarmStart,
        Rungs = trial.Outcome?.Rungs.ToArray(),
        Outcome = TrialWords.Outcome(trial.Outcome),
        Reason = TrialWords.Reason(trial.Outcome),
        ValidationErrorRate = trial.Completed?.ErrorRate,
        trial.Completed?.Loss,
        Curve = trial.Completed?.Curve.ToArray(),
        trial.Outcome?.Duration.TotalSeconds,
        Test = facts.Tests.GetValueOrDefault(trial.Number),
        Schedule = schedule,
    };

    private static IEnumerable<string> Kinds(NetworkDescription network, Schedule schedule)
    {
        var ledger = Ledger.Of(network, schedule);
        return Enum.GetValues<LedgerKind>().Select(k => (Kind: k, Size: ledger.Of(k))).Where(k => k.Size > MemorySize.Zero)
            .Select(k => $"{Show.Kind(k.Kind)} {Show.Count(k.Size.Bytes)}");
    }

    private static void Head(Trial trial, PlannedStudy design)
    {
        var origin = trial.CopyOf is { } original ? $", the same as trial {original}" : "";
        Console.WriteLine($"trial {trial.Number} of arm {trial.Arm}, repeat {trial.Repeat}{origin}: {design.Arms[0].Space.Describe(trial.Schedule)}");
        if (trial.WarmStart is { } start)
        {
            Console.WriteLine($"started from the trained weights of trial {start}");
        }

        if (trial.Outcome is { Rungs.Count: > 0 } climbed)
        {
            Console.WriteLine($"rungs: {string.Join(", ", design.Plan.Ladder!.Rungs.Zip(climbed.Rungs, (rung, score) => FormattableString.Invariant($"{rung} {score:F4}")))}");
        }

        Console.WriteLine($"packed file: {trial.Artifact}; codes and scales of the weights: {trial.Weights}");
        Console.WriteLine(trial.Outcome switch
        {
            TrialOutcome.Completed o => FormattableString.Invariant($"validation accuracy {100 * (1 - o.ErrorRate):F2} %, loss {o.Loss:F4}, {o.Duration.TotalSeconds:F1} s; by epoch: {string.Join(", ", o.Curve.Select(e => FormattableString.Invariant($"{100 * (1 - e):F2} %")))}"),
            TrialOutcome.Pruned o => $"pruned: {o.Reason}",
            TrialOutcome.Failed o => $"failed: {o.Reason}",
            _ => "begun and not ended",
        });
    }

    private static Table Layers(NetworkDescription network, Schedule schedule)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (title, right) in new[] { ("layer", false), ("weights", true), ("bits", true), ("input bits", true), ("bytes", true), ("", false) })
        {
            table.AddColumn(right ? new TableColumn(title).RightAligned() : new TableColumn(title));
        }

        var ledger = Ledger.Of(network, schedule);
        foreach (var point in network.WeightPoints)
        {
            var bits = schedule[network.IndexOf(point.Name)];
            var input = network.IndexOf($"{point.Layer}.input");
            var bytes = ledger.Entries.Where(e => e.Layer == point.Layer).Sum(e => e.Size.Bytes);
            table.AddRow(
                Markup.Escape(point.Layer),
                point.Elements.ToString("N0", CultureInfo.InvariantCulture),
                bits.ToString(),
                input < 0 ? "image" : schedule[input].ToString(),
                bytes.ToString("N0", CultureInfo.InvariantCulture),
                new string('█', Math.Min(16, bits.Bits)));
        }

        return table;
    }
}
