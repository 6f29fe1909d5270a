using System.CommandLine;
using System.Diagnostics;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Study;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch run PLAN</c>.</summary>
internal static class RunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (plan, results, verbose, workers) = (Shared.Plan(), Shared.Results(), Shared.Verbose(), Shared.Workers());
        var command = new Command("run", "Run a study, or resume it: search, train, score, report, export.") { plan, results, workers, verbose };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(plan), parsed.GetRequiredValue(results), parsed.GetValue(workers), parsed.GetValue(verbose), stop));
        return command;
    }

    private static async Task<int> RunAsync(string path, string results, int? workers, bool verbose, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        var design = Shared.Design(path);
        var folder = Shared.Folder(design, results);
        var atOnce = Workers(workers, design.Plan);
        PlanText.Print(design);
        var console = AnsiConsole.Console;
        try
        {
            var run = new StudyRun(design, folder, $"bitsearch run {path}", atOnce, verbose, new ProgressDisplay(console), TimeProvider.System);
            var result = await run.RunAsync(stop);
            Tell(result, folder, Stopwatch.GetElapsedTime(start));
            return result.Stopped is null ? 0 : throw new PlanException(
                $"study {design.Plan.Name}", result.Stopped, "mend the plan's training (a smaller learning rate?) and choose another study name");
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"stopped; finished trials are kept in {folder.Path}. Go on with: bitsearch run {path}{(results == Shared.DefaultResults ? "" : $" --results {results}")}");
            return Program.Stopped;
        }
    }

    /// <summary>How many trials run at once.</summary>
    /// <exception cref="PlanException">The plan's lookahead allows fewer.</exception>
    public static int Workers(int? asked, StudyPlan plan)
    {
        var most = (plan.Lookahead ?? StudyPlan.DefaultLookahead) + 1;
        return asked is null ? Math.Min(Machine.PhysicalCores(), most)
            : asked >= 1 && asked <= most ? asked.Value
            : throw new PlanException("--workers", $"{asked} is no number of workers", $"from 1 to {most}: the plan's lookahead and one");
    }

    private static void Tell(StudyRunResult result, StudyFolder folder, TimeSpan time)
    {
        var report = result.Report;
        AnsiConsole.WriteLine();
        SummaryTable.Print(report);
        Console.WriteLine(result is { Evaluated: 0, Read: 0, Stopped: null }
            ? $"nothing is left to do: all {Show.Count(report.Trials.Count(), "trial")} were finished before ({Show.Time(time)} of wall time)"
            : $"{Show.Count(result.Evaluated, "schedule")} trained, {Show.Count(result.Read, "finalist")} read on test, in {Show.Time(time)} of wall time");
        Console.WriteLine($"report: {Path.Combine(folder.Path, "report.html")}");
        if (report.Chosen is not null && File.Exists(folder.Packed))
        {
            Console.WriteLine(FormattableString.Invariant($"packed network: {folder.Packed}, {new FileInfo(folder.Packed).Length:N0} bytes (promised: {report.Chosen.Artifact.Bytes:N0})"));
        }
    }
}
