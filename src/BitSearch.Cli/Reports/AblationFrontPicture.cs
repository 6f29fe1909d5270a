using System.Globalization;
using BitSearch.Ablation;
using BitSearch.Space;
using BitSearch.Statistics;
using BitSearch.Trials;
using ScottPlot;

namespace BitSearch.Cli.Reports;

/// <summary>
/// Accuracy over bytes, 1500x720: for each arm of an ablation the mean over its trainings at each budget, with the ribbon of its
/// 95 % bootstrap interval; proxy optima left, uniform samples right.
/// </summary>
internal static class AblationFrontPicture
{
    private const int Width = 1500;
    private const int Height = 720;

    /// <summary>The picture as PNG.</summary>
    public static byte[] Png(AblationFacts facts)
    {
        EmbeddedFont.Use();
        var roles = Enum.GetValues<AblationRole>();
        var lines = roles.Select(r => Lines(facts, r)).ToList();
        var points = lines.SelectMany(l => l).SelectMany(l => l.Points).ToList();
        var sizes = PlotScale.Sizes([.. points.Select(p => p.KiB)]);
        var (low, high) = (points.Min(p => p.Accuracy.Low), points.Max(p => p.Accuracy.High));
        var accuracies = PlotScale.Linear(low - (0.05 * (high - low)) - 0.01, high + (0.05 * (high - low)) + 0.01, v => v.ToString("0.##", CultureInfo.InvariantCulture));
        using var sheet = new PlotSheet(Width, Height);
        for (var i = 0; i < roles.Length; i++)
        {
            sheet.Draw(Draw(facts, roles[i], lines[i], sizes, accuracies), i * Width / roles.Length, 0, Width / roles.Length, Height);
        }

        using var png = new MemoryStream();
        sheet.Write(png);
        return png.ToArray();
    }

    private static List<(SchedulePattern Pattern, List<(double KiB, BootstrapInterval Accuracy)> Points)> Lines(AblationFacts facts, AblationRole role)
    {
        var cells = facts.Result.Rows.ToLookup(r => r.Cell);
        var seed = new Seed(facts.Design.Plan.Study.Seed);
        return
        [
            .. facts.Result.Patterns.Select(pattern => (pattern, facts.Result.Budgets
                .Select(b => cells[AblationResult.Standing(b, pattern, role)].ToList())
                .Where(rows => rows.Count > 1)
                .Select(rows => (rows.Average(r => r.Size.KiB), BootstrapInterval.OfMean([.. rows.Select(r => 100 * (1 - r.ErrorRate))], seed)))
                .OrderBy(p => p.Item1).ToList())),
        ];
    }

    private static Plot Draw(
        AblationFacts facts, AblationRole role, List<(SchedulePattern Pattern, List<(double KiB, BootstrapInterval Accuracy)> Points)> lines, PlotScale sizes, PlotScale accuracies)
    {
        var plot = new Plot();
        plot.Title($"{facts.Name}: {role.Plural()}", 19);
        foreach (var (pattern, points) in lines.Where(l => l.Points.Count > 0))
        {
            var (style, xs) = (PatternStyle.Of(pattern), points.Select(p => sizes.Of(p.KiB)).ToArray());
            var ribbon = plot.Add.FillY(xs, [.. points.Select(p => p.Accuracy.Low)], [.. points.Select(p => p.Accuracy.High)]);
            (ribbon.FillColor, ribbon.LineWidth) = (style.Color.WithAlpha(0.13), 0);
            var line = plot.Add.Scatter(xs, points.Select(p => p.Accuracy.Estimate).ToArray(), style.Color);
            (line.LineWidth, line.MarkerSize, line.MarkerShape, line.LegendText) = (2, 10, style.Marker, pattern.Name());
        }

        plot.XLabel("packed file, KiB", 16);
        plot.YLabel("validation accuracy, %: mean and 95 % interval", 16);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        PlotStyle.Ticks(plot.Axes.Bottom, sizes);
        PlotStyle.Ticks(plot.Axes.Left, accuracies);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 14;
        PlotStyle.Frame(plot);
        PlotStyle.Legend(plot, 14);
        plot.ShowLegend(Alignment.LowerRight);
        plot.Axes.SetLimits(sizes.Low, sizes.High, accuracies.Low, accuracies.High);
        return plot;
    }
}
