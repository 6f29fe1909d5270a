using System.CommandLine;
using BitSearch.Cli.Commands;
using BitSearch.Cli.Plans;

namespace BitSearch.Cli;

/// <summary>The command line. The one place, beside the evaluator, where any exception is caught.</summary>
internal static class Program
{
    /// <summary>Exit code of a person's mistake.</summary>
    public const int Mistake = 2;

    /// <summary>Exit code of a stop that was asked for.</summary>
    public const int Stopped = 130;

    private const int Bug = 1;

    private static async Task<int> Main(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Say(UsageErrors.Of(parsed));
            return Mistake;
        }

        try
        {
            // The time in which a command may end cleanly after Ctrl-C or SIGTERM.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
            return await parsed.InvokeAsync(configuration);
        }
        catch (PlanException e)
        {
            Say(e.Problems.Select(p => p.ToString()));
            return Mistake;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("bitsearch: stopped");
            return Stopped;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"bitsearch: this is our bug, please report it: {e}");
            return Bug;
        }
    }

    // A line each, whatever they quote, and nothing that a terminal obeys: names come from files, which may come from anywhere.
    private static void Say(IEnumerable<string> mistakes)
    {
        foreach (var mistake in mistakes)
        {
            Console.Error.WriteLine($"bitsearch: {PlanReading.OneLine(mistake.ReplaceLineEndings(" "))}");
        }
    }

    /// <summary>The whole command tree.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand("BitSearch finds how many bits each layer of a network should have under a memory budget, proves it, and hands over the result as a file.")
        {
            HelpName = "bitsearch",
        };
        Command[] commands =
        [
            RunCommand.Create(),
            PlanCommand.Create(),
            SensitivityCommand.Create(),
            SeparabilityCommand.Create(),
            SolveCommand.Create(),
            CompareStrategiesCommand.Create(),
            AblateCommand.Create(),
            ReportCommand.Create(),
            ShowCommand.Create(),
            CompareCommand.Create(),
            ExplainCommand.Create(),
            ResultsCommand.Create(),
            VerifyResultsCommand.Create(),
            ExportCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            DataCommand.Create(),
            DoctorCommand.Create(),
            SchemaCommand.Create(),
            CompletionCommand.Create(),
        ];
        foreach (var command in commands)
        {
            root.Add(command);
        }

        return root;
    }
}
