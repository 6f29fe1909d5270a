using System.CommandLine;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Trials;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch plan PLAN</c>.</summary>
internal static class PlanCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (plan, results, json) = (Shared.Plan(), Shared.Results(), Shared.Json());
        var command = new Command("plan", "Check a plan and say what it comes to: sizes, counts, time. Trains nothing.") { plan, results, json };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(plan), parsed.GetRequiredValue(results), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(string path, string results, bool json, CancellationToken stop)
    {
        var design = Shared.Design(path);
        if (json)
        {
            Output.Json(PlanText.Of(design));
            return 0;
        }

        PlanText.Print(design);
        Console.WriteLine(await TimeAsync(design, Shared.Folder(design, results), stop));
        return 0;
    }

    private static async Task<string> TimeAsync(PlannedStudy design, StudyFolder folder, CancellationToken stop)
    {
        var history = File.Exists(folder.Database) ? (await new StoredStudy(design, folder).FactsAsync(stop)).History : TrialHistory.Empty;
        var finished = history.Trials.Where(t => t is { CopyOf: null, Completed: not null }).ToList();
        var left = Math.Max(0, PlanText.Of(design).Trials - history.Trials.Count(t => t.Outcome is not null));
        if (finished.Count == 0)
        {
            return TrialTime.Estimate(design) is { } guess
                ? FormattableString.Invariant($"time: a guess, within a factor of three: {guess:F0} s a trial and worker, {Duration(guess * left)} for {left} on one; after the first trials it is measured")
                : "time: unknown until the first trials are finished (`bitsearch run` shows it, and can be stopped and resumed)";
        }

        var seconds = finished.Average(t => t.Outcome!.Duration.TotalSeconds);
        return FormattableString.Invariant($"time: {finished.Count} finished trials took {seconds:F1} s each; about {Duration(seconds * left)} for the {left} that are left");
    }

    // Hours beyond a day are counted on.
    internal static string Duration(double seconds) => FormattableString.Invariant(
        $"{Math.Floor(seconds / 3600):F0}:{Math.Floor(seconds / 60) % 60:00}:{Math.Floor(seconds) % 60:00}");
}
