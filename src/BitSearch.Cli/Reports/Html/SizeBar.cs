using System.Xml.Linq;
using BitSearch.Reports;
using BitSearch.Space;
using static BitSearch.Cli.Reports.Html.Html;

namespace BitSearch.Cli.Reports.Html;

/// <summary>Where the bytes of the chosen schedule's packed file go, against the budget.</summary>
internal static class SizeBar
{
    /// <summary>The bar and its table, or a sentence if nothing is chosen.</summary>
    public static XElement Of(StudyReport report)
    {
        if (report.ChosenLedger is not { } ledger)
        {
            return Tag("p", "Nothing is chosen.");
        }

        var budget = report.Answers[0].Budget;
        var limit = budget.IsLimited && budget.Budget.Of == BudgetMeasure.Artifact ? budget.Budget.Limit : ledger.Total;
        var kinds = Enum.GetValues<LedgerKind>().Select(k => (Kind: k, Size: ledger.Of(k))).Where(k => k.Size.Bits > 0).OrderByDescending(k => k.Size).ToList();
        var scale = (Svg.Width - 4) / Math.Max(limit.Bits, ledger.Total.Bits);
        var boxes = new List<XElement>();
        var x = 2.0;
        foreach (var (kind, size) in kinds)
        {
            boxes.Add(Svg.Box(x, 6, size.Bits * scale, 34, At("fill", Palette.Kind(kind)), Svg.Title($"{Show.Kind(kind)}: {size}")));
            x += size.Bits * scale;
        }

        boxes.Add(Svg.Box(2, 6, limit.Bits * scale, 34, At("fill", "none"), At("stroke", "currentColor"), At("stroke-width", 1.5)));
        return Tag(
            "figure",
            Svg.Picture(46, "The packed file by kind of bytes", boxes),
            Table(
                ["", "kind", "#bytes", "#share"],
                [
                    .. kinds.Select(k => new object?[] { Sign(k.Kind), Show.Kind(k.Kind), Show.Count(k.Size.Bytes), Show.Percent((double)k.Size.Bits / ledger.Total.Bits) }),
                    ["", Tag("strong", "packed file"), Tag("strong", Show.Count(ledger.Total.Bytes)), ""],
                    .. limit > ledger.Total ? [["", "free under the budget", Show.Count((limit - ledger.Total).Bytes), ""]] : Array.Empty<object?[]>(),
                    .. budget.IsLimited && budget.Budget.Of == BudgetMeasure.Weights
                        ? [["", "of these, codes and scales of the weights", Show.Count(ledger.Weights.Bytes), $"budget: {Show.Count(budget.Budget.Limit.Bytes)}"]] : Array.Empty<object?[]>(),
                ]));
    }

    private static XElement Sign(LedgerKind kind) =>
        Tag("svg", At("viewBox", "0 0 14 14"), At("style", "width:14px;display:inline"), At("aria-hidden", "true"), Svg.Box(0, 1, 13, 13, At("fill", Palette.Kind(kind)), At("rx", 2)));
}
