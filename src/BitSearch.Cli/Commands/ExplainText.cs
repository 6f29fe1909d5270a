using System.Globalization;
using System.Text;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Reports;
using BitSearch.Statistics;

namespace BitSearch.Cli.Commands;

/// <summary>An explanation for people, for spreadsheets and for scripts.</summary>
internal static class ExplainText
{
    /// <summary>A table, a line a layer, and how widths go with depth.</summary>
    public static string Of(Explanation explanation, PlannedStudy study, string against)
    {
        List<string[]> rows = [["layer", "depth", "weights", "bits", "bytes", "saved", against, "narrower", "points a KiB saved", "wider", "points a KiB added"]];
        rows.AddRange(explanation.Layers.Select(l => (string[])
        [
            l.Point.Layer, Text($"{l.Point.Depth}"), Text($"{l.Point.Elements:N0}"), $"{l.Width}", Text($"{l.Bytes:N0}"), Text($"{l.Saved:N0}"),
            l.Sensitivity is { } s ? Text($"{s:G4}") : "-", .. Cells(l.Narrower), .. Cells(l.Wider),
        ]));
        return new StringBuilder()
            .AppendLine(Text($"{study.Plan.Name}, trial {explanation.Trial.Number}: {study.Arms[0].Space.Describe(explanation.Trial.Schedule)}, {explanation.Trial.Artifact.Bytes:N0} bytes"))
            .AppendLine("narrower and wider: the trained network with this layer alone one width further, calibrated, norms re-estimated, not trained; points of validation accuracy [95 % interval over images]")
            .AppendLine()
            .AppendRows(rows)
            .AppendLine()
            .AppendLine(Correlation("depth and width, pinned layers dropped", explanation.Depth))
            .AppendLine(Correlation("the same with the layers' size held fixed", explanation.DepthAtSize))
            .ToString();
    }

    /// <summary>The table as CSV.</summary>
    public static string Csv(Explanation explanation) => explanation.Layers.Select(l => (string[])
        [
            l.Point.Name, Number(l.Point.Depth), Number(l.Point.Elements), $"{l.Width}", Number(l.Bytes), Number(l.Saved), l.Sensitivity is { } s ? Number(s) : "",
            .. Numbers(l.Narrower), .. Numbers(l.Wider),
        ]).Prepend(
        [
            "point", "depth", "elements", "bits", "bytes", "saved", "sensitivity",
            "narrower_bits", "narrower_bytes", "narrower_points", "narrower_low", "narrower_high", "wider_bits", "wider_bytes", "wider_points", "wider_low", "wider_high",
        ]).Aggregate(new StringBuilder(), (text, cells) => text.AppendCells(cells)).ToString();

    /// <summary>The facts for JSON.</summary>
    public static object Facts(Explanation explanation, string against) => new
    {
        Trial = explanation.Trial.Number,
        Schedule = explanation.Trial.Schedule.ToString(),
        explanation.Trial.Artifact.Bytes,
        Against = against,
        Layers = explanation.Layers.Select(l => new { Point = l.Point.Name, l.Point.Depth, l.Point.Elements, l.Width.Bits, l.Bytes, l.Saved, l.Sensitivity, Narrower = Facts(l.Narrower), Wider = Facts(l.Wider) }),
        Depth = Facts(explanation.Depth),
        DepthAtSize = Facts(explanation.DepthAtSize),
    };

    private static object? Facts(WidthChange? change) =>
        change is null ? null : new { change.Width.Bits, change.Bytes, change.Points, change.Low, change.High, change.PointsPerKiB };

    private static object Facts(RankCorrelation found) => new { Rho = double.IsNaN(found.Rho) ? (double?)null : found.Rho, found.PValue, Layers = found.Count };

    private static string[] Cells(WidthChange? change) => change is null ? ["-", "-"] :
        [Text($"{Show.Count(change.Width.Bits, "bit")}: {change.Points:+0.00;-0.00;0.00} [{change.Low:+0.00;-0.00;0.00}, {change.High:+0.00;-0.00;0.00}]"), Text($"{change.PointsPerKiB:+0.00;-0.00;0.00}")];

    private static string[] Numbers(WidthChange? change) => change is null ? ["", "", "", "", ""]
        : [$"{change.Width}", Number(change.Bytes), Number(change.Points), Number(change.Low), Number(change.High)];

    private static string Correlation(string of, RankCorrelation found) => Text(
        $"Spearman's rho of {of}: {(double.IsNaN(found.Rho) ? "none" : Text($"{found.Rho:+0.00;-0.00;0.00}"))} ({found.Count} layers, permutation p = {found.PValue:0.####})");

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
