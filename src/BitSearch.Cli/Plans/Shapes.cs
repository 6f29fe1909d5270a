using System.Globalization;
using System.Text.Json.Nodes;

namespace BitSearch.Cli.Plans;

/// <summary>The shapes of single values.</summary>
internal static class Shapes
{
    /// <summary>A whole number with both ends.</summary>
    public static ScalarShape<int> Whole(int least, int most = int.MaxValue) => new(
        most == int.MaxValue ? $"a whole number, at least {least}" : $"a whole number from {least} to {most}",
        (PlanNode.Scalar s, PlanReading _, out int value) => int.TryParse(s.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && !s.Quoted && value >= least && value <= most,
        value => value.ToString(CultureInfo.InvariantCulture),
        () => Bounded("integer", ("minimum", least), ("maximum", most == int.MaxValue ? null : most)));

    /// <summary>A seed.</summary>
    public static ScalarShape<ulong> Seed { get; } = new(
        $"a whole number from 0 to {ulong.MaxValue}",
        (PlanNode.Scalar s, PlanReading _, out ulong value) => ulong.TryParse(s.Text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && !s.Quoted,
        value => value.ToString(CultureInfo.InvariantCulture),
        () => Bounded("integer", ("minimum", 0)));

    /// <summary>A finite number, its lower end excluded or not, its upper end excluded.</summary>
    public static ScalarShape<double> Number(double least, bool above = false, double? below = null) => new(
        $"a number {(above ? "above" : "of at least")} {Text(least)}{(below is { } end ? $" and below {Text(end)}" : "")}",
        (PlanNode.Scalar s, PlanReading _, out double value) => double.TryParse(s.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && !s.Quoted && double.IsFinite(value) && (above ? value > least : value >= least) && !(value >= below),
        Text,
        () => Bounded("number", (above ? "exclusiveMinimum" : "minimum", least), ("exclusiveMaximum", below)));

    /// <summary>A share up to 1, its lower end 0 excluded or not.</summary>
    public static ScalarShape<double> Share(bool above) => new(
        $"a share {(above ? "above" : "from")} 0 up to 1",
        (PlanNode.Scalar s, PlanReading _, out double value) => double.TryParse(s.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && !s.Quoted && value <= 1 && (above ? value > 0 : value >= 0),
        Text,
        () => Bounded("number", (above ? "exclusiveMinimum" : "minimum", 0), ("maximum", 1)));

    /// <summary>Yes or no.</summary>
    public static ScalarShape<bool> Flag { get; } = new(
        "true or false",
        (PlanNode.Scalar s, PlanReading _, out bool value) =>
        {
            value = s.Text == "true";
            return !s.Quoted && s.Text is "true" or "false";
        },
        value => value ? "true" : "false",
        () => new JsonObject { ["type"] = "boolean" });

    /// <summary>Any text but the empty one.</summary>
    public static ScalarShape<string> Words(string expected) => Words(expected, text => text.Length > 0);

    /// <summary>A text that passes, in one line.</summary>
    public static ScalarShape<string> Words(string expected, Func<string, bool> passes, string? pattern = null) => new(
        expected,
        (PlanNode.Scalar s, PlanReading _, out string value) => passes(value = s.Text) && !s.Text.Any(char.IsControl),
        value => value,
        () => pattern is null ? new JsonObject { ["type"] = "string" } : new JsonObject { ["type"] = "string", ["pattern"] = pattern });

    /// <summary>A file or folder, made absolute.</summary>
    public static ScalarShape<string> FilePath(string expected) => new(
        expected,
        (PlanNode.Scalar s, PlanReading reading, out string value) =>
        {
            var isPath = s.Text.Length > 0 && !s.Text.Any(char.IsControl);
            value = isPath ? Path.GetFullPath(s.Text, reading.Folder) : "";
            return isPath;
        },
        value => value,
        () => new JsonObject { ["type"] = "string" });

    /// <summary>One of some words.</summary>
    public static ScalarShape<T> Choice<T>(params (string Word, T Value)[] choices)
        where T : notnull => new(
        OneOf([.. choices.Select(c => c.Word)]),
        (PlanNode.Scalar s, PlanReading _, out T value) =>
        {
            var place = Array.FindIndex(choices, c => c.Word == s.Text);
            value = place < 0 ? default! : choices[place].Value;
            return place >= 0;
        },
        value => choices.First(c => c.Value.Equals(value)).Word,
        () => new JsonObject { ["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)c.Word)]) })
        {
            Hint = text => DidYouMean(text, choices.Select(c => c.Word)),
        };

    /// <summary>The values of an enumeration, in camel case.</summary>
    public static ScalarShape<T> Choice<T>()
        where T : struct, Enum => Choice([.. Enum.GetValues<T>().Select(v => (char.ToLowerInvariant($"{v}"[0]) + $"{v}"[1..], v))]);

    /// <summary>A component's name.</summary>
    public static ScalarShape<string> Name<T>(Catalog<T> catalog)
        where T : class => Choice([.. catalog.Names.Select(n => (n, n))]);

    /// <summary>The words for a guess.</summary>
    public static string? DidYouMean(string written, IEnumerable<string> known) =>
        NearestName.Of(written, known) is { } nearest ? $"did you mean '{nearest}'?" : null;

    private static string OneOf(string[] words) => words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} or {words[^1]}";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static JsonObject Bounded(string type, params (string Name, double? Value)[] bounds)
    {
        var schema = new JsonObject { ["type"] = type };
        foreach (var (name, value) in bounds.Where(b => b.Value is not null))
        {
            schema[name] = JsonNode.Parse(Text(value!.Value));
        }

        return schema;
    }
}
