using System.CommandLine;
using System.Diagnostics;
using BitSearch.Ablation;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Storage;
using BitSearch.Cli.Studies;
using BitSearch.Space;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch ablate PLAN</c>.</summary>
internal static class AblateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var plan = new Argument<string>("plan") { Description = "The ablation's plan, a YAML file (search-spaces/ablation-resnet20.yaml)." };
        var (results, workers, verbose, json) = (Shared.Results(), Shared.Workers(), Shared.Verbose(), Shared.Json());
        var command = new Command("ablate", "Are decreasing schedules better than others of the same bytes? Trains them with the same seeds, and tests the differences. Resumes where it was stopped.")
        {
            plan, results, workers, verbose, json,
        };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(plan), parsed.GetRequiredValue(results), parsed.GetValue(workers), parsed.GetValue(verbose), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(string path, string results, int? workers, bool verbose, bool json, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        var design = AblationFile.Open(path);
        var folder = new StudyFolder(Path.Combine(results, design.Study.Plan.Name));
        var atOnce = RunCommand.Workers(workers, design.Study.Plan);
        var console = json ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;
        try
        {
            var run = new AblationRun(design, folder, $"bitsearch ablate {path}", atOnce, verbose, new ProgressDisplay(console), TimeProvider.System);
            var (facts, stopped) = await run.RunAsync(matched => Describe(matched, design, console.Profile.Out.Writer), stop);
            Tell(facts, folder, json, Stopwatch.GetElapsedTime(start));
            return stopped is null ? 0 : throw new PlanException(
                $"ablation {facts.Name}", stopped, "mend the plan's training (a smaller learning rate?) and choose another name");
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"stopped; finished trials are kept in {folder.Path}. Go on with: bitsearch ablate {path}{(results == Shared.DefaultResults ? "" : $" --results {results}")}");
            return Program.Stopped;
        }
    }

    private static void Describe(AblationDesign matched, PlannedAblation design, TextWriter writer)
    {
        foreach (var budget in matched.Budgets)
        {
            writer.WriteLine(FormattableString.Invariant($"{budget.Name}: every schedule has {budget.Least.Bytes:N0} to {budget.Limit.Bytes:N0} bytes"));
            foreach (var arm in budget.Arms)
            {
                writer.WriteLine($"  {arm.Pattern.Name()}: {Words(arm, design)}");
            }
        }
    }

    private static string Words(MatchedArm arm, PlannedAblation design) => arm.Optima switch
    {
        [] => arm.WhyEmpty!,
        [var best] => $"{design.Study.Arms[0].Space.Describe(best)} is its {(arm.IsProven ? "proven optimum" : "best of a sample")} by {design.Plan.Proxy}",
        _ => "the decreasing optimum's widths in other orders",
    };

    private static void Tell(AblationFacts facts, StudyFolder folder, bool json, TimeSpan time)
    {
        if (json)
        {
            Console.Write(AblationJson.Text(facts.Name, facts.Result));
            return;
        }

        Console.WriteLine();
        foreach (var verdict in AblationText.Verdicts(facts.Result))
        {
            Console.WriteLine(verdict);
        }

        Console.WriteLine($"{Show.Count(facts.Trials.Count, "trial")}, {Show.Time(time)} of wall time");
        Console.WriteLine($"report: {Path.Combine(folder.Path, "report.html")}");
    }
}
