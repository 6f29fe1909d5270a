using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>A comparison as JSON: its design, its problems, each strategy over all seeds. Single runs are in the CSV.</summary>
public static class ComparisonJson
{
    /// <summary>The text, ending in a line break. What the clock said is called <c>proposerSeconds</c>.</summary>
    public static string Text(ComparisonResult result) => Text(result.Design.Title, result.Problems, result.Summaries);

    /// <summary>The same of stored summaries.</summary>
    public static string Text(ComparisonTitle title, IReadOnlyList<ProblemFact> problems, IReadOnlyList<StrategySummary> summaries)
    {
        var content = new
        {
            Comparison = title.Name,
            title.Trials,
            title.Seeds,
            Seed = title.Seed.Value,
            title.Strategies,
            Problems = problems.Select(p => new
            {
                p.Case.Problem,
                Pattern = p.Case.Pattern.Name(),
                p.Schedules,
                p.KnownHypervolume,
                p.Reachable,
                LeftOut = p.LeftOut.Select(s => new { s.Strategy, s.Lacks }),
                Strategies = summaries.Where(s => s.Case == p.Case).Select(Summary),
            }),
        };
        return JsonText.Of(content);
    }

    private static object Summary(StrategySummary s) => new
    {
        s.Strategy,
        s.Trials,
        s.Hypervolume,
        s.Share,
        Regret = 1 - s.Share.Median,
        TrialsTo95 = s.TrialsToNear,
        s.Reached,
        s.Repaired,
        ToRandom = s.ToRandom is not { } to ? null : new { Mean = to.Mean.Estimate, to.Mean.Low, to.Mean.High, to.PValue, to.Adjusted, Verdict = ComparisonText.Verdict(s) },
        s.TrainingSeconds,
        s.ProposerSeconds,
    };
}
