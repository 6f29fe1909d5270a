using System.Globalization;
using BitSearch.Reports;

namespace BitSearch.Cli.Reports;

/// <summary>What the picture of learning curves shows, for both of its renderings; homogeneous schedules are dashed.</summary>
internal sealed class CurvesPlot
{
    /// <summary>The label of the horizontal axis.</summary>
    public const string ReadingLabel = "readings: after each epoch of the images trained on, the last after the whole training";

    /// <summary>Lays out curves.</summary>
    /// <param name="curves">At least one.</param>
    public CurvesPlot(IReadOnlyList<LearningCurve> curves)
    {
        Series = [.. curves.Select((c, i) => new CurveSeries(c, Palette.Strategies[i % Palette.Strategies.Count], i >= Palette.Strategies.Count)).OrderBy(s => s.Curve.Points[^1].ErrorRate.Estimate)];
        Accuracies = PlotScale.AccuraciesOf([.. curves.SelectMany(c => c.Points).SelectMany(p => new[] { p.ErrorRate.Low, p.ErrorRate.High })]);
        var most = curves.Max(c => c.Points.Count);
        Readings = PlotScale.Linear(1 - (0.02 * most), most, v => v == Math.Floor(v) && v >= 1 ? v.ToString("0", CultureInfo.InvariantCulture) : "");
        Repeats = curves.Max(c => c.Schedule.Score.Repeats);
    }

    /// <summary>The curves, the best at the end first.</summary>
    public IReadOnlyList<CurveSeries> Series { get; }

    /// <summary>The horizontal axis.</summary>
    public PlotScale Readings { get; }

    /// <summary>The vertical axis, by error rate.</summary>
    public PlotScale Accuracies { get; }

    /// <summary>The most repeats of a curve.</summary>
    public int Repeats { get; }

    /// <summary>What is drawn, in words.</summary>
    public string Caption => Repeats > 1
        ? $"Means over up to {Show.Count(Repeats, "repeat")} with 95 % intervals; homogeneous schedules are dashed."
        : "One training each; homogeneous schedules are dashed.";
}

/// <summary>A curve in the picture.</summary>
/// <param name="Curve">The curve.</param>
/// <param name="Color">Its colour.</param>
/// <param name="IsAgain">Whether a curve before has this colour.</param>
internal sealed record CurveSeries(LearningCurve Curve, string Color, bool IsAgain)
{
    /// <summary>Whether the schedule is homogeneous.</summary>
    public bool IsHomogeneous => Curve.Schedule.Homogeneous is not null;

    /// <summary>Schedule, size and final accuracy.</summary>
    public string Name
    {
        get
        {
            var schedule = Curve.Schedule;
            var name = schedule.Homogeneous ?? (schedule.Text.Length <= 28 ? schedule.Text : "mixed");
            return $"{name} (trial {schedule.Trial}), {Show.KiB(schedule.Size)}: {Show.Accuracy(Curve.Points[^1].ErrorRate.Estimate)}";
        }
    }
}
