using ScottPlot;

namespace BitSearch.Bench.Race;

/// <summary>Both curves in one picture, time logarithmic.</summary>
internal static class RacePicture
{
    /// <summary>Writes a PNG file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="curves">Seconds and validated hypervolume of each search.</param>
    public static void Write(string path, IReadOnlyDictionary<string, List<(double Seconds, double Volume)>> curves)
    {
        using var plot = new Plot();
        var end = curves.Values.Max(c => c[^1].Seconds);
        foreach (var (name, curve) in curves)
        {
            var line = plot.Add.Scatter(
                curve.Select(p => Math.Log10(p.Seconds)).Append(Math.Log10(end)).ToArray(), curve.Select(p => p.Volume).Append(curve[^1].Volume).ToArray());
            line.ConnectStyle = ConnectStyle.StepHorizontal;
            (line.LegendText, line.LineWidth, line.MarkerSize) = (name, 3, 5);
        }

        double[] seconds = [5, 10, 20, 30, 60, 90, 120, 300, 600, 900, 1800];
        var shown = seconds.Where(s => s <= end * 1.1).ToArray();
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            shown.Select(Math.Log10).ToArray(), shown.Select(s => s < 120 ? $"{s} s" : $"{s / 60} min").ToArray());
        plot.XLabel("time of the search, from its start (logarithmic)");
        plot.YLabel("validated hypervolume (to 280 KiB, 50 % errors)");
        plot.Title("ResNet-20, CIFAR-10: fronts by own scores, refereed by one fine-tune");
        plot.ShowLegend(Alignment.LowerRight);
        plot.SavePng(path, 1100, 700);
    }
}
