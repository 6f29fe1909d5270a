using System.CommandLine;
using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch schema [study|comparison]</c>.</summary>
internal static class SchemaCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var of = new Argument<string>("of") { Description = "What kind of plan: study (search-spaces/schema.json) or comparison (search-spaces/comparison-schema.json).", DefaultValueFactory = _ => "study" };
        of.AcceptOnlyFromAmong("study", "comparison");
        var command = new Command("schema", "Print the JSON schema of plans, for editors.") { of };
        command.SetAction(parsed => Console.Write(parsed.GetRequiredValue(of) == "study" ? PlanSchema.Text : PlanSchema.Comparison));
        return command;
    }
}
