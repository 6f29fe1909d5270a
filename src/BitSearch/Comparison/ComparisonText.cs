using System.Globalization;
using System.Text;
using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>A comparison for people: tables in Markdown, a verdict for each strategy.</summary>
public static class ComparisonText
{
    /// <summary>What is shown of a strategy against random, in points of the known front's hypervolume.</summary>
    public static string Verdict(StrategySummary summary)
    {
        if (summary.ToRandom is not { } to)
        {
            return "what the others are compared with";
        }

        var numbers = Text($"{100 * Math.Abs(to.Mean.Estimate):F1}");
        var interval = to.Verdict < 0 ? (Low: -to.Mean.High, High: -to.Mean.Low) : (to.Mean.Low, to.Mean.High);
        var (low, high, p) = (Text($"{100 * interval.Low:F1}"), Text($"{100 * interval.High:F1}"), P(to.Adjusted));
        return to.Verdict switch
        {
            > 0 => $"better than random by {numbers} [{low}, {high}], {p}",
            < 0 => $"worse than random by {numbers} [{low}, {high}], {p}",
            _ => $"no difference shown: {Text($"{100 * to.Mean.Estimate:+0.0;-0.0;0.0}")} [{low}, {high}], {p}",
        };
    }

    /// <summary>The whole summary; the last column is what the clock said.</summary>
    public static string Markdown(ComparisonResult result) => Markdown(result.Design.Title, result.Problems, result.Summaries);

    /// <summary>The same of stored summaries.</summary>
    public static string Markdown(ComparisonTitle title, IReadOnlyList<ProblemFact> problems, IReadOnlyList<StrategySummary> summaries)
    {
        var text = new StringBuilder(Text($"# Strategies compared: {title.Name}\n\n"));
        text.Append(Text($"{title.Trials} trials a strategy, {title.Seeds} seeds, seed {title.Seed.Value}. "));
        text.Append("Shares are of the known front's hypervolume, in percent; a verdict's difference to random is in points of it, the mean over seeds with its 95 % bootstrap interval, ");
        text.Append("and p is the paired permutation test's, corrected (Holm) over the strategies of a problem. docs/comparison.md says how to read this.\n");
        text.Append(Power(title));
        text.Append("\n## Over all problems\n\n").Append(Overall(summaries));
        foreach (var problem in problems)
        {
            text.Append('\n').Append(Section(summaries, problem));
        }

        return text.ToString();
    }

    // Signs of n differences have 2^n patterns, and the strictest of k tests multiplies by k.
    private static string Power(ComparisonTitle title)
    {
        var least = Math.Min(1, (title.Strategies.Count - 1) * Math.Pow(2, 1 - title.Seeds));
        return least < ComparisonResult.Level ? "" : Text($"\nWith {title.Seeds} seeds and {title.Strategies.Count} strategies no p is below {least:0.###}: nothing can be shown here. Give more seeds.\n");
    }

    private static string Overall(IReadOnlyList<StrategySummary> summaries)
    {
        var rows = summaries.GroupBy(s => s.Strategy)
            .Select(g => (Strategy: g.Key, Share: g.Average(s => s.Share.Median), Verdicts: g.Where(s => s.ToRandom is not null).Select(s => s.ToRandom!.Verdict).ToList(), Count: g.Count()))
            .OrderByDescending(r => r.Share).ThenBy(r => r.Strategy, StringComparer.Ordinal)
            .Select(r => (string[])
            [
                r.Strategy, Text($"{100 * r.Share:F1}"), Text($"{r.Count}"), .. r.Verdicts.Count == 0 ? ["", "", ""]
                    : (string[])[Text($"{r.Verdicts.Count(v => v > 0)}"), Text($"{r.Verdicts.Count(v => v == 0)}"), Text($"{r.Verdicts.Count(v => v < 0)}")],
            ]);
        return Table(["strategy", "mean of median shares", "problems", "better than random", "no difference shown", "worse"], rows);
    }

    private static string Section(IReadOnlyList<StrategySummary> summaries, ProblemFact problem)
    {
        var rows = summaries.Where(s => s.Case == problem.Case).Select(s => (string[])
        [
            s.Strategy, Text($"{s.Hypervolume.Median:F3} [{s.Hypervolume.Low:F3}, {s.Hypervolume.High:F3}]"),
            Text($"{100 * s.Share.Median:F1} [{100 * s.Share.Low:F1}, {100 * s.Share.High:F1}]"), Text($"{100 * (1 - s.Share.Median):F1}"),
            Text($"{(s.TrialsToNear is { } trials ? Text($"{trials:0.#}") : "never")} ({s.Reached} of {s.Seeds})"), Text($"{100 * s.Repaired:F0} %"), Verdict(s), Text($"{s.ProposerSeconds:0.000}"),
        ]);
        var text = new StringBuilder(Text($"## {problem.Case}\n\n{problem.Schedules:N0} schedules; hypervolume of the known front {problem.KnownHypervolume:F3} of its rectangle"));
        text.Append(problem.Case.Pattern == SchedulePattern.Free ? ".\n" : Text($"; the best {problem.Case.Pattern.Name()} schedules have {100 * problem.Reachable:F1} % of it.\n"));
        foreach (var left in problem.LeftOut)
        {
            text.Append(Text($"Not run: {left.Strategy} (needs {string.Join(", ", left.Lacks)}, which is not given).\n"));
        }

        return text.Append('\n').Append(Table(
            ["strategy", "final hypervolume, median [quartiles]", "share of the known front, %", "regret, %", "trials to 95 % (seeds)", "repaired", "against random", "proposer, s a run"], rows)).ToString();
    }

    private static string Table(string[] columns, IEnumerable<string[]> rows) =>
        string.Concat(rows.Prepend([.. columns.Select(_ => "---")]).Prepend(columns).Select(r => $"| {string.Join(" | ", r)} |\n"));

    private static string P(double p) => p < 0.001 ? "p < 0.001" : Text($"p = {p:0.000}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
