using System.Text.Json;
using System.Text.Json.Nodes;
using BitSearch.Cli.Plans;
using BitSearch.Comparison;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Cli.Reports;

/// <summary>Computes the summary of a comparison of strategies again from its <c>comparison.csv</c>: quartiles, tests, verdicts.</summary>
internal static class StoredComparison
{
    /// <summary>Checks a folder; see <see cref="StoredTables.Check"/>.</summary>
    /// <param name="file">The path of a file in it.</param>
    public static (string Checked, IReadOnlyList<string> Differences) Check(Func<string, string> file)
    {
        var runs = ComparisonCsv.Read(PlanDocument.Text(file("comparison.csv"), "comparison.csv"), file("comparison.csv"));
        var (title, problems) = Facts(file("comparison.json"));
        var summaries = ComparisonResult.Summarise(title.Seed, problems.Select(p => p.Case), runs);
        var again = ComparisonText.Markdown(title, problems, summaries);
        return ($"{Show.Count(runs.Count, "run")}, {summaries.Count} summaries", StoredTables.Lines(file("summary.md"), again));
    }

    private static (ComparisonTitle Title, IReadOnlyList<ProblemFact> Problems) Facts(string path)
    {
        try
        {
            var stored = JsonNode.Parse(File.ReadAllText(path))!;
            var title = new ComparisonTitle(
                (string)stored["comparison"]!, (int)stored["trials"]!, (int)stored["seeds"]!, new Seed((ulong)stored["seed"]!), stored["strategies"]!.AsArray().Count);
            return (title, [.. stored["problems"]!.AsArray().Select(p => Fact(p!))]);
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new PlanException(path, $"BitSearch did not write it: {e.Message}", "the comparison.json of bitsearch compare-strategies");
        }
    }

    private static ProblemFact Fact(JsonNode problem) => new(
        new ComparisonCase((string)problem["problem"]!, SchedulePatterns.Parse((string)problem["pattern"]!)),
        (double)problem["schedules"]!, (double)problem["knownHypervolume"]!, (double)problem["reachable"]!,
        [.. problem["leftOut"]!.AsArray().Select(l => new StrategyLeftOut((string)l!["strategy"]!, [.. l["lacks"]!.AsArray().Select(n => (string)n!)]))]);
}
