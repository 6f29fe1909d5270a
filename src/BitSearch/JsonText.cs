using System.Text.Encodings.Web;
using System.Text.Json;

namespace BitSearch;

/// <summary>Writes results as JSON for people and programs: indented, camel case, texts as they are.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text, ending in a line break.</summary>
    public static string Of(object content) => JsonSerializer.Serialize(content, Layout) + "\n";
}
