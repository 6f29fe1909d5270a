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
        var stored = StoredTables.Parse(file("comparison.json"));
        var (title, problems) = StoredTables.Written(file("comparison.json"), "the comparison.json of bitsearch compare-strategies", () => Facts(stored));
        Complete(title, problems, runs, file("comparison.csv"));
        var summaries = ComparisonResult.Summarise(title.Seed, problems.Select(p => p.Case), runs);
        var differences = StoredTables.Lines(file("comparison.csv"), ComparisonCsv.Runs(runs))
            .Concat(StoredTables.Lines(file("summary.md"), ComparisonText.Markdown(title, problems, summaries))).ToList();
        StoredTables.Compare(stored, JsonNode.Parse(ComparisonJson.Text(title, problems, summaries)), $"{file("comparison.json")}: ", "", differences);
        return ($"{Show.Count(runs.Count, "run")}, {summaries.Count} summaries", differences);
    }

    // Each strategy that was not left out, on each problem, with each seed, and nothing besides.
    private static void Complete(ComparisonTitle title, IReadOnlyList<ProblemFact> problems, IReadOnlyList<RunResult> runs, string file)
    {
        var expected = from p in problems
                       from strategy in title.Strategies
                       where p.LeftOut.All(l => l.Strategy != strategy)
                       from seed in Enumerable.Range(0, title.Seeds)
                       select (p.Case, strategy, seed);
        var found = runs.Select(r => (r.Case, r.Strategy, r.Seed)).ToList();
        if (!expected.ToHashSet().SetEquals(found) || found.Distinct().Count() != found.Count)
        {
            throw new PlanException(file, "its runs are not those of comparison.json: each problem, strategy and seed once", "the comparison.csv of bitsearch compare-strategies");
        }
    }

    private static (ComparisonTitle Title, IReadOnlyList<ProblemFact> Problems) Facts(JsonNode stored) => (
        new ComparisonTitle(
            (string)stored["comparison"]!, (int)stored["trials"]!, (int)stored["seeds"]!, new Seed((ulong)stored["seed"]!), [.. stored["strategies"]!.AsArray().Select(s => (string)s!)]),
        [.. stored["problems"]!.AsArray().Select(p => Fact(p!))]);

    private static ProblemFact Fact(JsonNode problem) => new(
        new ComparisonCase((string)problem["problem"]!, SchedulePatterns.Parse((string)problem["pattern"]!)),
        (double)problem["schedules"]!, (double)problem["knownHypervolume"]!, (double)problem["reachable"]!,
        [.. problem["leftOut"]!.AsArray().Select(l => new StrategyLeftOut((string)l!["strategy"]!, [.. l["lacks"]!.AsArray().Select(n => (string)n!)]))]);
}
