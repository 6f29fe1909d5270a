using BitSearch.Reports;
using BitSearch.Trials;

namespace BitSearch.Cli.Reports;

/// <summary>What the picture of the front shows, for both of its renderings: points by arm, step lines, budgets.</summary>
internal sealed class FrontPlot
{
    public FrontPlot(StudyReport report)
    {
        Report = report;
        var budgets = report.Answers.Select(a => a.Budget).Where(b => b.IsLimited && b.Budget.Of == report.Plan.Budget.Of).ToList();
        Budgets = budgets;
        Sizes = PlotScale.Sizes([.. report.Schedules.Select(s => s.Size.KiB), .. budgets.Select(b => b.Budget.Limit.KiB)]);
        Accuracies = PlotScale.AccuraciesOf([.. report.Schedules.Select(s => s.ErrorRate), .. report.Replicated?.Ribbon.SelectMany(r => new[] { r.Low, r.High }) ?? []]);
        var arms = report.Arms.Select((arm, place) => (arm, Style: Palette.Arm(arm.Name, place))).ToList();
        Series =
        [
            .. arms.Select(a => new FrontSeries(
                a.arm.Name, a.Style.Color, a.Style.Shape,
                [.. report.Schedules.Where(s => Owner(s) == a.arm.Name)],
                a.arm.Name == Trial.BaselineArm ? [] : Steps(a.arm.Front))),
        ];
        Overall = Steps(report.Front);
    }

    /// <summary>What is shown.</summary>
    public StudyReport Report { get; }

    /// <summary>The horizontal axis, in KiB.</summary>
    public PlotScale Sizes { get; }

    /// <summary>The vertical axis, by error rate.</summary>
    public PlotScale Accuracies { get; }

    /// <summary>The arms.</summary>
    public IReadOnlyList<FrontSeries> Series { get; }

    /// <summary>The homogeneous schedules that are labelled: of each label the most accurate one, for all would lie on one another.</summary>
    public IReadOnlyList<ReportedSchedule> Labelled =>
        [.. Report.Homogeneous.Select(c => c.Homogeneous).OrderBy(s => s.ErrorRate).DistinctBy(s => s.Homogeneous)];

    /// <summary>The budgets to draw as vertical lines.</summary>
    public IReadOnlyList<NamedBudget> Budgets { get; }

    /// <summary>The corners of the overall front's step line, in coordinates of the scales.</summary>
    public IReadOnlyList<(double X, double Y)> Overall { get; }

    /// <summary>The label of the horizontal axis.</summary>
    public string SizeLabel => $"{Show.Measure(Report.Plan.Budget.Of)}, KiB{(Sizes.IsLog ? " (logarithmic)" : "")}";

    /// <summary>What a point says of itself: number, arms, size, accuracy, widths.</summary>
    public static string Describe(ReportedSchedule s) =>
        $"trial {s.Trial} ({string.Join(", ", s.Arms)}){(s.Homogeneous is null ? "" : $", {s.Homogeneous}")}\n{Show.KiB(s.Size)}, {Show.Accuracy(s.ErrorRate)} validation\n{s.Text}";

    // A baseline that an arm found too is drawn as the baseline.
    private static string Owner(ReportedSchedule schedule) =>
        schedule.Arms.Contains(Trial.BaselineArm) ? Trial.BaselineArm : schedule.Arms[0];

    private List<(double X, double Y)> Steps(EquatableArray<ReportedSchedule> front)
    {
        var corners = new List<(double X, double Y)>();
        foreach (var schedule in front)
        {
            var (x, y) = (Sizes.Of(schedule.Size.KiB), Accuracies.Of(schedule.ErrorRate));
            if (corners.Count > 0)
            {
                corners.Add((x, corners[^1].Y));
            }

            corners.Add((x, y));
        }

        return corners;
    }
}

/// <summary>An arm in the picture of the front.</summary>
/// <param name="Name">The arm.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Shape">Its points' shape.</param>
/// <param name="Points">The schedules drawn as its own.</param>
/// <param name="Steps">The corners of its front, in coordinates.</param>
internal sealed record FrontSeries(
    string Name, string Color, Palette.Shape Shape, IReadOnlyList<ReportedSchedule> Points, IReadOnlyList<(double X, double Y)> Steps);
