using System.CommandLine;
using System.Diagnostics;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Reports;
using BitSearch.Torch;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch run PLAN</c>.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (plan, results) = (Shared.Plan(), Shared.Results());
        var command = new Command("run", "Run a study, or resume it: search, train, score, report, export.") { plan, results };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetRequiredValue(plan), parsed.GetRequiredValue(results), stop));
        return command;
    }

    private static async Task<int> RunAsync(string path, string results, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        var design = Shared.Design(path);
        var folder = Shared.Folder(design, results);
        PlanText.Print(design);
        TorchRuntime.Initialise();
        var console = AnsiConsole.Console;
        try
        {
            var run = new StudyRun(design, folder, $"bitsearch run {path}", new ProgressDisplay(console), TimeProvider.System);
            var (report, evaluated) = await run.RunAsync(stop);
            WriteBeside.Write(folder.Plan, stream => stream.Write(File.ReadAllBytes(path)));
            Tell(report, evaluated, folder, Stopwatch.GetElapsedTime(start));
            return report.Trials.Any(t => t.Outcome is null) ? 1 : 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"stopped; finished trials are kept in {folder.Path}. Go on with: bitsearch run {path}");
            return Program.Stopped;
        }
    }

    private static void Tell(StudyReport report, int evaluated, StudyFolder folder, TimeSpan time)
    {
        AnsiConsole.WriteLine();
        SummaryTable.Print(report);
        Console.WriteLine(evaluated == 0
            ? FormattableString.Invariant($"nothing is left to do: all {report.Trials.Count()} trials were finished before ({time.TotalSeconds:F1} s)")
            : FormattableString.Invariant($"{evaluated} schedules evaluated in {time.TotalSeconds:F1} s"));
        Console.WriteLine($"report: {Path.Combine(folder.Path, "report.html")}");
        if (report.Chosen is not null && File.Exists(folder.Packed))
        {
            Console.WriteLine(FormattableString.Invariant($"packed network: {folder.Packed}, {new FileInfo(folder.Packed).Length:N0} bytes (promised: {report.Chosen.Artifact.Bytes:N0})"));
        }
    }
}
