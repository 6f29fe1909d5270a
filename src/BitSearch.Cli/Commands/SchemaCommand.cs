using System.CommandLine;
using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch schema [study|comparison|ablation]</c>.</summary>
internal static class SchemaCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var of = new Argument<string>("of") { Description = "What kind of plan: study (search-spaces/schema.json), comparison (search-spaces/comparison-schema.json) or ablation (search-spaces/ablation-schema.json).", DefaultValueFactory = _ => "study" };
        of.AcceptOnlyFromAmong("study", "comparison", "ablation");
        var command = new Command("schema", "Print the JSON schema of plans, for editors.") { of };
        command.SetAction(parsed => Console.Write(parsed.GetRequiredValue(of) switch
        {
            "comparison" => PlanSchema.Comparison,
            "ablation" => PlanSchema.Ablation,
            _ => PlanSchema.Text,
        }));
        return command;
    }
}
