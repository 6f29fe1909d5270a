using System.CommandLine;
using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch schema</c>.</summary>
internal static class SchemaCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON schema of plans, for editors (search-spaces/schema.json).");
        command.SetAction(_ => Console.Write(PlanSchema.Text));
        return command;
    }
}
