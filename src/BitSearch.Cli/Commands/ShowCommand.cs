using System.CommandLine;
using System.Globalization;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Space;
using BitSearch.Trials;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch show PLAN TRIAL</c>.</summary>
internal static class ShowCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (plan, results, json) = (Shared.Plan(), Shared.Results(), Shared.Json());
        var number = new Argument<int>("trial") { Description = "The trial's number." };
        var command = new Command("show", "Show one trial: widths, bytes and error, layer by layer.") { plan, number, results, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(plan), parsed.GetRequiredValue(number), parsed.GetRequiredValue(results), parsed.GetValue(json), stop));
        return command;
    }

    /// <summary>The trial with a number.</summary>
    /// <exception cref="PlanException">There is none.</exception>
    public static Trial Find(TrialHistory history, int number, StudyFolder folder) => history.Find(number)
        ?? throw new PlanException($"{folder.Path}: trial {number}", "there is no such trial", $"0 to {history.NextNumber - 1}");

    private static async Task<int> RunAsync(string path, int number, string results, bool json, CancellationToken stop)
    {
        var design = Shared.Design(path);
        var folder = Shared.Folder(design, results);
        var facts = await StoredReport.FactsAsync(design, folder, stop);
        var trial = Find(facts.History, number, folder);
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            output.Write(ScheduleFile.Of(design, trial, facts.Provenance).ToJson());
            return 0;
        }

        Head(trial, design);
        AnsiConsole.Write(Layers(design.Network, trial.Schedule));
        return 0;
    }

    private static void Head(Trial trial, PlannedStudy design)
    {
        var origin = trial.CopyOf is { } original ? $", the same as trial {original}" : "";
        Console.WriteLine($"trial {trial.Number} of arm {trial.Arm}, repeat {trial.Repeat}{origin}: {design.Arms[0].Space.Describe(trial.Schedule)}");
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
