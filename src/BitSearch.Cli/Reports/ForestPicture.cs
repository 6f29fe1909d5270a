using System.Globalization;
using BitSearch.Ablation;
using BitSearch.Space;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>
/// Every comparison of an ablation as a mean with its interval, 1500 wide: proxy optima left, uniform samples right, each on a scale of its own, the mean over
/// budgets on top. Right of zero decreasing is better. Filled: shown, after the correction; hollow: not shown.
/// </summary>
internal static class ForestPicture
{
    private const int Width = 1500;
    private const int Labels = 190;
    private const int Row = 27;

    /// <summary>The picture as PNG.</summary>
    public static byte[] Png(AblationFacts facts)
    {
        EmbeddedFont.Use();
        var comparisons = facts.Result.Comparisons;
        var roles = comparisons.Select(c => c.Role).Distinct().ToList();
        var rows = roles.Select(r => Rows(comparisons.Where(c => c.Role == r))).ToList();
        var height = 130 + (Row * rows.Max(r => r.Count));
        using var sheet = new PlotSheet(Width, height);
        for (var i = 0; i < roles.Count; i++)
        {
            sheet.Draw(Draw(facts, roles[i], rows[i]), i * Width / roles.Count, 0, Width / roles.Count, height);
        }

        using var png = new MemoryStream();
        sheet.Write(png);
        return png.ToArray();
    }

    // A heading for each budget, then its comparisons, then room.
    private static List<(string Label, ArmComparison? Comparison)> Rows(IEnumerable<ArmComparison> comparisons) =>
    [
        .. comparisons.GroupBy(c => c.Budget).SelectMany(g => g
            .Select(c => (c.Other.Name(), (ArmComparison?)c))
            .Prepend((g.Key ?? "mean over budgets", null)).Append(("", null))),
    ];

    private static PlotScale Scale(IReadOnlyList<ArmComparison> comparisons)
    {
        var (low, high) = (Math.Min(0, comparisons.Min(c => c.Interval.Low)), Math.Max(0, comparisons.Max(c => c.Interval.High)));
        var room = 0.06 * Math.Max(0.5, high - low);
        return PlotScale.Linear(low - room, high + room, v => v.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture));
    }

    private static Plot Draw(AblationFacts facts, AblationRole role, List<(string Label, ArmComparison? Comparison)> rows)
    {
        var (plot, scale) = (new Plot(), Scale([.. rows.Select(r => r.Comparison).OfType<ArmComparison>()]));
        plot.Title($"{facts.Name}: {role.Plural()}", 19);
        var zero = plot.Add.VerticalLine(0, 1.5f, PlotStyle.Ink);
        zero.LinePattern = LinePattern.Dashed;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Comparison is { } comparison)
            {
                Draw(plot, comparison, -i);
            }
        }

        plot.XLabel("points of accuracy by which decreasing is better, at the same bytes", 15);
        plot.Axes.Bottom.Label.Bold = false;
        PlotStyle.Ticks(plot.Axes.Bottom, scale);
        var labelled = rows.Select((r, i) => (r.Label, At: -(double)i)).Where(r => r.Label.Length > 0).ToList();
        plot.Axes.Left.SetTicks([.. labelled.Select(r => r.At)], [.. labelled.Select(r => r.Label)]);
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = Labels;
        PlotStyle.Frame(plot);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.SetLimits(scale.Low, scale.High, -rows.Count + 1, 0.8);
        return plot;
    }

    private static void Draw(Plot plot, ArmComparison comparison, int y)
    {
        var style = PatternStyle.Of(comparison.Other);
        var bar = plot.Add.Line(comparison.Interval.Low, y, comparison.Interval.High, y);
        (bar.LineColor, bar.LineWidth) = (style.Color, comparison.Budget is null ? 4 : 2.5f);
        var size = comparison.Budget is null ? 13 : 10;
        plot.Add.Marker(comparison.Interval.Estimate, y, MarkerShape.FilledCircle, size, comparison.Verdict == 0 ? Colors.White : style.Color);
        plot.Add.Marker(comparison.Interval.Estimate, y, MarkerShape.OpenCircle, size, style.Color).MarkerLineWidth = 2.5f;
    }
}
