using System.Globalization;
using System.Text;
using BitSearch.Space;
using MathNet.Numerics.Statistics;

namespace BitSearch.Ablation;

/// <summary>An ablation for people: verdicts first, then tables, in Markdown.</summary>
public static class AblationText
{
    /// <summary>The verdicts over all budgets, or at the only one: a line a comparison.</summary>
    public static IEnumerable<string> Verdicts(AblationResult result) =>
        from comparison in result.Comparisons
        where comparison.Budget is null || result.Budgets.Count == 1
        select $"{comparison.Role.Plural()}: {comparison}";

    /// <summary>The whole text.</summary>
    /// <param name="name">The ablation's name.</param>
    /// <param name="result">What it found.</param>
    /// <param name="margin">So many points were no loss.</param>
    public static string Markdown(string name, AblationResult result, double margin)
    {
        var text = new StringBuilder($"# Ablation: {name}\n\n");
        text.Append("Decreasing schedules against others of the same bytes. Differences are in points of validation accuracy, decreasing less the other, over pairs of the same seed: mean with its 95 % bootstrap interval. ");
        text.Append("p is the exact paired permutation test's, corrected (Holm) over the comparisons of a budget and role. docs/ablation.md says how to read this.\n\n## Verdicts\n");
        foreach (var family in result.Comparisons.GroupBy(c => (c.Role, c.Budget)))
        {
            text.Append(Text($"\n{Upper(family.Key.Role.Plural())}, {family.Key.Budget ?? "mean over budgets"}:\n\n"));
            text.AppendJoin("", family.Select(c => $"- {c}\n"));
        }

        text.Append("\n## Comparisons\n\n").Append(Table(
            ["schedules", "budget", "decreasing against", "seeds", "difference, points", "95 % interval", "p", "p (Holm)", "effect size", "detectable, points"],
            result.Comparisons.Select(Row)));
        text.Append("\n## Accuracies\n\n").Append(Table(
            ["budget", "arm", "schedules", "bytes", "trainings", "validation accuracy, %", "standard deviation"], Accuracies(result)));
        text.Append(Text($"\n## Memory saved at equal accuracy\n\nThe smallest proxy optimum that is not worse than the homogeneous schedule by more than {margin:0.##} points, with 95 % confidence; only sizes of this ablation's budgets were tried.\n\n"));
        return text.Append(Table(["homogeneous", "bytes", "arm", "smallest not worse, bytes", "saved, %", "95 % interval", "sizes tried"], result.Savings.Select(Row))).ToString();
    }

    private static string[] Row(ArmComparison c) =>
    [
        c.Role.Name(), c.Budget ?? "all", c.Other.Name(), Text($"{c.Differences.Count}"), Text($"{c.Interval.Estimate:+0.00;-0.00;0.00}"),
        Text($"{c.Interval.Low:+0.00;-0.00;0.00} to {c.Interval.High:+0.00;-0.00;0.00}"), Text($"{c.PValue:0.0000}"), Text($"{c.Adjusted:0.0000}"),
        double.IsNaN(c.EffectSize) ? "" : Text($"{c.EffectSize:0.00}"), c.Detectable is { } least ? Text($"{least:0.00}") : "none",
    ];

    private static string[] Row(MemorySaving s) =>
    [
        s.Budget, Text($"{s.Homogeneous.Bytes}"), s.Pattern.Name(), s.Size is { } size ? Text($"{size.Bytes}") : "none", Text($"{100 * s.Saved.Estimate:0.0}"),
        Text($"{100 * s.Saved.Low:0.0} to {100 * s.Saved.High:0.0}"), Text($"{s.Candidates}"),
    ];

    private static IEnumerable<string[]> Accuracies(AblationResult result) =>
        from cell in result.Rows.GroupBy(r => r.Cell)
        orderby result.Budgets.ToList().IndexOf(cell.Key.Budget), cell.Key.Role, result.Patterns.ToList().IndexOf(cell.Key.Pattern)
        let sizes = cell.Select(r => r.Size.Bytes).ToList()
        let accuracies = cell.Select(r => 100 * (1 - r.ErrorRate)).ToList()
        select (string[])
        [
            cell.Key.Budget, cell.Key.Pattern.Name(), cell.Key.Role.Name(), sizes.Min() == sizes.Max() ? Text($"{sizes[0]}") : Text($"{sizes.Min()} to {sizes.Max()}"),
            Text($"{cell.Count()}"), Text($"{accuracies.Average():0.00}"), accuracies.Count < 2 ? "" : Text($"{accuracies.StandardDeviation():0.00}"),
        ];

    private static string Table(string[] columns, IEnumerable<string[]> rows) =>
        string.Concat(rows.Prepend([.. columns.Select(_ => "---")]).Prepend(columns).Select(r => $"| {string.Join(" | ", r)} |\n"));

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
