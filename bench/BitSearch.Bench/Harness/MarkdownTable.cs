using System.Globalization;

namespace BitSearch.Bench.Harness;

/// <summary>A result as Markdown: a row a subject, a column a variant and a ratio.</summary>
internal static class MarkdownTable
{
    private const string Nothing = "-";

    /// <summary>The table with its heading and notes.</summary>
    public static string Of(GroupResult result)
    {
        var subjects = result.Cases.Select(c => c.Subject).Distinct();
        var variants = result.Cases.Select(c => c.Variant).Distinct().ToList();
        var ratios = result.Ratios.Select(r => r.Title).Distinct().ToList();
        string[] lines =
        [
            $"### {result.Title}",
            "",
            Line(["", .. variants.Select(v => $"{v}, ms"), .. ratios]),
            Line([.. Enumerable.Repeat("---", 1 + variants.Count + ratios.Count)]),
            .. subjects.Select(s => Line([s, .. variants.Select(v => Cell(result, s, v)), .. ratios.Select(r => RatioCell(result, s, r))])),
            "",
            Facts(result),
            .. result.Notes.SelectMany(n => new[] { "", n }),
        ];
        return string.Join('\n', lines);
    }

    private static string Cell(GroupResult result, string subject, string variant) =>
        result.Cases.FirstOrDefault(c => c.Subject == subject && c.Variant == variant) is not { Median: { } median } found ? Nothing
            : found.Rate is { } rate ? $"{Number(median)} ({Number(rate)} {found.RateUnit})"
            : Number(median);

    private static string RatioCell(GroupResult result, string subject, string title) =>
        result.Ratios.FirstOrDefault(r => r.Subject == subject && r.Title == title) is { } found
            ? found.Value.ToString("F2", CultureInfo.InvariantCulture)
            : Nothing;

    private static string Facts(GroupResult result)
    {
        var machine = result.Machine;
        var load = machine.Load is { } busy ? string.Create(CultureInfo.InvariantCulture, $", load {busy:F1}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Medians of {result.Rounds} interleaved rounds, {result.Clock} time; {machine.Processor}, {machine.Cores} cores{load}; libtorch {machine.LibTorch}, {machine.Peer ?? "no peer"}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd HH:mm} UTC.");
    }

    private static string Number(double value) => value.ToString(value < 10 ? "F2" : value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
