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

    /// <summary>The schema's text, ending in a line break.</summary>
    public static string Text
    {
        get
        {
            var schema = new JsonObject
            {
                ["$schema"] = "http://json-schema.org/draft-07/schema#",
                ["title"] = "BitSearch study",
                ["description"] = "What is searched, under which budget, and how it is trained. Written by 'bitsearch schema'.",
            };
            foreach (var (name, value) in PlanShape.Plan.Schema().ToList())
            {
                schema[name] = value?.DeepClone();
            }

            return schema.ToJsonString(Layout) + "\n";
        }
    }
}
