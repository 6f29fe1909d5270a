using System.Xml.Linq;
using BitSearch.Ablation;
using BitSearch.Space;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>An ablation's <c>report.html</c>: verdicts first, then pictures and tables; one page that needs nothing but itself.</summary>
internal static class AblationPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="facts">The ablation.</param>
    /// <param name="pictures">PNGs by file name: forest, front, widths.</param>
    /// <param name="output">Where to.</param>
    public static void Write(AblationFacts facts, IReadOnlyList<(string Name, byte[] Content)> pictures, Stream output) => Html.Write(
        Document($"{facts.Name} – BitSearch", Body(facts, pictures)), output);

    private static IEnumerable<object?> Body(AblationFacts facts, IReadOnlyList<(string Name, byte[] Content)> pictures) =>
    [
        Tag("h1", facts.Name),
        Tag("p", Class("soft"), Setting(facts)),
        Tag("div", Class("answer"), Tag("ul", AblationText.Verdicts(facts.Result).Select(v => Tag("li", v)))),
        Section(
            "Every comparison",
            Tag("p", Class("note"), "Decreasing less the other arm, in points of validation accuracy, at the same bytes and with the same seeds. Bars are 95 % bootstrap intervals of single comparisons; filled circles are shown after the correction for several (Holm), hollow ones are not."),
            Picture(pictures, "forest.png", "Forest plot of all comparisons"),
            Table(
                ["schedules", "budget", "decreasing against", "#seeds", "#points", "95 % interval", "#p (Holm)", "#effect size", "verdict"],
                facts.Result.Comparisons.Select(Row))),
        Section("Accuracy over bytes", Picture(pictures, "front.png", "Accuracy over bytes with intervals")),
        Section(
            "Memory saved at equal accuracy",
            Tag("p", Class("note"), FormattableString.Invariant($"The smallest proxy optimum that is not worse than the homogeneous schedule by more than {facts.Design.Plan.Margin:0.##} points with 95 % confidence. Only sizes of this ablation's budgets were tried.")),
            Table(["homogeneous", "#bytes", "arm", "#smallest not worse, bytes", "#saved", "95 % interval", "#sizes tried"], facts.Result.Savings.Select(Row))),
        Section("Widths along depth", Picture(pictures, "widths.png", "Bits along depth of every arm"), Tag("ul", facts.Lacking.Select(l => Tag("li", l)))),
        Section("How it was run", Tag("pre", $"{facts.Provenance.Command}\n{facts.Provenance.Splits}\ncommit {facts.Provenance.Commit}, {facts.Provenance.Started:u} to {facts.Provenance.Finished:u}, {facts.Provenance.Workers} workers")),
    ];

    private static string Setting(AblationFacts facts)
    {
        var plan = facts.Design.Plan;
        var full = facts.FullPrecision is { } error ? $" Full precision has {Show.Accuracy(error)}." : "";
        return FormattableString.Invariant($"{facts.Network.Name} on {plan.Study.Data.Name}, {plan.Repeats} seeds, budgets {string.Join(", ", plan.Budgets)}; schedules ranked by {plan.Proxy}, matched within {100 * plan.Tolerance:0.##} % of the bytes.") + full;
    }

    private static object?[] Row(ArmComparison c) =>
    [
        c.Role.Name(), c.Budget ?? "all", c.Other.Name(), c.Differences.Count, FormattableString.Invariant($"{c.Interval.Estimate:+0.00;-0.00;0.00}"),
        FormattableString.Invariant($"{c.Interval.Low:+0.00;-0.00;0.00} to {c.Interval.High:+0.00;-0.00;0.00}"), FormattableString.Invariant($"{c.Adjusted:0.000}"),
        double.IsNaN(c.EffectSize) ? "" : FormattableString.Invariant($"{c.EffectSize:0.00}"), c.ToString(),
    ];

    private static object?[] Row(MemorySaving s) =>
    [
        s.Budget, Show.Count(s.Homogeneous.Bytes), s.Pattern.Name(), s.Size is { } size ? Show.Count(size.Bytes) : "none", Show.Percent(s.Saved.Estimate),
        $"{Show.Percent(s.Saved.Low)} to {Show.Percent(s.Saved.High)}", s.Candidates,
    ];

    private static XElement Picture(IReadOnlyList<(string Name, byte[] Content)> pictures, string name, string text) => Tag("figure", Tag(
        "img", At("alt", text), At("style", "max-width:100%"), At("src", $"data:image/png;base64,{Convert.ToBase64String(pictures.First(p => p.Name == name).Content)}")));
}
