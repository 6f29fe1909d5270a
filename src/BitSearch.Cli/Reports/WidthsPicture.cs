using System.Globalization;
using BitSearch.Ablation;
using BitSearch.Space;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>
/// The widths of an ablation's arms along depth, a panel a budget: the proxy optimum of each arm, and the mean of its uniform
/// samples. Colours as <see cref="Palette.Bits"/>.
/// </summary>
internal static class WidthsPicture
{
    private const int Width = 1500;
    private const int Row = 26;
    private const int Labels = 230;
    private const double Gap = 0.03;

    /// <summary>The picture as PNG.</summary>
    public static byte[] Png(AblationFacts facts)
    {
        EmbeddedFont.Use();
        var layers = facts.Network.Points.Select((p, i) => (p.Layer, p.Kind, Place: i)).Where(p => p.Kind == PointKind.Weight).Select(p => (p.Layer, p.Place)).ToList();
        var panels = facts.Design.Budgets.Select(b => (Budget: b, Rows: Rows(b))).ToList();
        var below = PlotStyle.RoomFor(layers.Select(l => l.Layer));
        var heights = panels.Select((p, i) => 58 + (Row * p.Rows.Count) + (i == panels.Count - 1 ? below : 0)).ToList();
        using var sheet = new PlotSheet(Width, heights.Sum());
        for (var i = 0; i < panels.Count; i++)
        {
            sheet.Draw(Draw(facts, panels[i].Budget, panels[i].Rows, layers, i == panels.Count - 1 ? below : 0), 0, heights.Take(i).Sum(), Width, heights[i]);
        }

        using var png = new MemoryStream();
        sheet.Write(png);
        return png.ToArray();
    }

    private static List<(string Label, IReadOnlyList<Schedule> Schedules)> Rows(MatchedBudget budget) =>
    [
        .. budget.Arms.Where(a => a.Optima.Count > 0).Select(a => ($"{a.Pattern.Name()}, optimum", (IReadOnlyList<Schedule>)[.. a.Optima])),
        .. budget.Arms.Where(a => a.Samples.Count > 0).Select(a => ($"{a.Pattern.Name()}, mean of samples", (IReadOnlyList<Schedule>)[.. a.Samples])),
    ];

    private static Plot Draw(
        AblationFacts facts, MatchedBudget budget, List<(string Label, IReadOnlyList<Schedule> Schedules)> rows, List<(string Layer, int Place)> layers, int below)
    {
        var plot = new Plot();
        plot.Title(FormattableString.Invariant($"{facts.Name}, {budget.Name}: bits along depth, every schedule at most {budget.Limit.Bytes:N0} bytes"), 18);
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < layers.Count; x++)
            {
                Cell(plot, x, -y, rows[y].Schedules.Average(s => s[layers[x].Place].Bits), rows[y].Schedules.Count == 1);
            }
        }

        plot.Axes.Left.SetTicks([.. rows.Select((_, i) => -(double)i)], [.. rows.Select(r => r.Label)]);
        PlotStyle.Layers(plot, [.. layers.Select(l => l.Layer)], below);
        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = Labels;
        PlotStyle.Frame(plot);
        plot.HideGrid();
        plot.Axes.Left.MajorTickStyle.Length = plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.SetLimits(-0.5, layers.Count - 0.5, -rows.Count + 0.5, 0.5);
        return plot;
    }

    private static void Cell(Plot plot, int x, int y, double bits, bool isWhole)
    {
        var width = new Bitwidth(Math.Clamp((int)Math.Round(bits), 1, Bitwidth.Maximum));
        var cell = plot.Add.Rectangle(x - 0.5 + Gap, x + 0.5 - Gap, y - 0.5 + Gap, y + 0.5 - Gap);
        (cell.FillColor, cell.LineWidth) = (Color.FromHex(Palette.Bits(width)), 0);
        var text = plot.Add.Text(bits.ToString(isWhole ? "0" : "0.0", CultureInfo.InvariantCulture), x, y);
        (text.LabelFontColor, text.LabelFontSize, text.LabelAlignment) = (Color.FromHex(Palette.TextOn(width)), 13, Alignment.MiddleCenter);
    }
}
