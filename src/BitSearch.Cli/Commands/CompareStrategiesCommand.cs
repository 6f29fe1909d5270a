using System.CommandLine;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Studies;
using BitSearch.Comparison;
using Spectre.Console;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch compare-strategies PLAN</c>.</summary>
internal static class CompareStrategiesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var plan = new Argument<string>("plan") { Description = "The comparison's plan, a YAML file (search-spaces/comparison.yaml)." };
        var output = new Option<string>("--output", "-o") { Description = "The folder for tables and pictures.", DefaultValueFactory = _ => "results/comparison", HelpName = "DIR" };
        var workers = new Option<int?>("--workers") { Description = "How many seeds run at once; results are the same. By default one a physical core.", HelpName = "N" };
        var json = Shared.Json();
        var command = new Command("compare-strategies", "Which search strategy finds better fronts at equal trials? On problems whose fronts are known; trains nothing.") { plan, output, workers, json };
        command.SetAction((parsed, stop) => Task.FromResult(Run(
            parsed.GetRequiredValue(plan), parsed.GetRequiredValue(output), parsed.GetValue(workers), parsed.GetValue(json), stop)));
        return command;
    }

    private static int Run(string plan, string folder, int? workers, bool json, CancellationToken stop)
    {
        if (workers < 1)
        {
            throw new PlanException("--workers", $"{workers} is no number of workers", "at least 1");
        }

        var design = ComparisonFile.Open(plan);
        var comparison = new StrategyComparison(design, TimeProvider.System);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }); // Beside the data, not in it.
        var result = new ComparisonProgress(console, design).Show(done => comparison.Run(workers ?? Machine.PhysicalCores(), done, stop));
        var written = ComparisonFiles.WriteAll(result, folder);
        if (json)
        {
            Console.Write(ComparisonJson.Text(result));
            return 0;
        }

        Console.WriteLine(ComparisonText.Markdown(result));
        foreach (var file in written)
        {
            Console.WriteLine(file);
        }

        return 0;
    }
}
