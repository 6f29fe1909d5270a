using System.CommandLine;
using BitSearch.Cli.Studies;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch results [DIR]</c>.</summary>
internal static class ResultsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var results = Shared.Results();
        var command = new Command("results", "List all studies of a results folder as a Markdown table (README's).") { results };
        command.SetAction(parsed => Console.WriteLine(ResultsTable.Of(parsed.GetRequiredValue(results))));
        return command;
    }
}
