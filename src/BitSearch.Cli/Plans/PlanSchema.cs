using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>The JSON Schema by which editors complete and check plans: generated from what reads them.</summary>
internal static class PlanSchema
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema of studies, ending in a line break.</summary>
    public static string Text { get; } = Of(
        PlanShape.Plan, "BitSearch study", "What is searched, under which budget, and how it is trained. Written by 'bitsearch schema'.");

    /// <summary>The schema of comparisons of strategies, ending in a line break.</summary>
    public static string Comparison { get; } = Of(
        ComparisonShape.Plan, "BitSearch comparison of strategies", "Which strategies are compared, on which problems. Written by 'bitsearch schema comparison'.");

    /// <summary>The schema of ablations, ending in a line break.</summary>
    public static string Ablation { get; } = Of(
        AblationShape.Plan, "BitSearch ablation", "What is trained, and at which budgets decreasing schedules are compared with others. Written by 'bitsearch schema ablation'.");

    private static string Of<T>(Shape<T> shape, string title, string description)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = title,
            ["description"] = description,
        };
        foreach (var (name, value) in shape.Schema().ToList())
        {
            schema[name] = value?.DeepClone();
        }

        return schema.ToJsonString(Layout) + "\n";
    }
}
