using System.CommandLine;
using System.CommandLine.Parsing;

namespace BitSearch.Cli.Commands;

/// <summary>What is wrong with a command line, for people.</summary>
internal static class UsageErrors
{
    /// <summary>Each mistake, then how to get help.</summary>
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var unknown = parsed.UnmatchedTokens;
        if (unknown.Count > 0 && command.Subcommands.Count > 0)
        {
            var known = command.Subcommands.Select(c => c.Name).ToList();
            var guess = NearestName.Of(unknown[0], known) is { } nearest ? $"did you mean '{nearest}'? " : "";
            yield return $"the command '{unknown[0]}' is unknown; {guess}commands are {string.Join(", ", known)}";
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                yield return error.Message;
            }
        }

        yield return $"usage: '{Name(parsed.CommandResult)} --help'";
    }

    private static string Name(CommandResult command) =>
        command.Parent is CommandResult outer ? $"{Name(outer)} {command.Command.Name}" : "bitsearch";
}
