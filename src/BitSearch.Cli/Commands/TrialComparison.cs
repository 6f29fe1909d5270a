using System.Globalization;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Reports;
using BitSearch.Statistics;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Cli.Commands;

/// <summary>Two schedules of a study over their repeats.</summary>
/// <param name="Design">The study.</param>
/// <param name="First">The first trial named.</param>
/// <param name="Second">The second one, of another schedule.</param>
/// <param name="Pairs">At least one.</param>
/// <param name="Tests">The test split read with each trial of the pairs.</param>
internal sealed record TrialComparison(PlannedStudy Design, Trial First, Trial Second, PairedSchedules Pairs, IReadOnlyDictionary<int, TestScore> Tests)
{
    private readonly Seed _seed = new(Design.Plan.Seed);

    /// <summary>How a trial is introduced.</summary>
    /// <param name="design">The study.</param>
    /// <param name="name"><c>first</c> or <c>second</c>.</param>
    /// <param name="trial">The trial.</param>
    public static string Title(PlannedStudy design, string name, Trial trial) => $"{name}: {design.Arms[0].Space.Describe(trial.Schedule)}, {trial.Artifact}";

    /// <summary>It for people, line by line.</summary>
    public IEnumerable<string> Lines() =>
    [
        Title(Design, "first", First),
        Title(Design, "second", Second),
        .. Pairs.Pairs.Select(Line),
        $"validation: {Verdict(Pairs.Validation(_seed), Pairs.Pairs.Count)}",
        $"test: {Verdict(Pairs.Test(Tests, _seed), Pairs.Pairs.Count)}",
    ];

    /// <summary>It for JSON.</summary>
    /// <param name="images">What single images say, if they were looked at.</param>
    public object Facts(object? images) => new
    {
        Study = Design.Plan.Name,
        First = new { Trial = First.Number, Schedule = First.Schedule.ToString(), First.Artifact.Bytes },
        Second = new { Trial = Second.Number, Schedule = Second.Schedule.ToString(), Second.Artifact.Bytes },
        Pairs = Pairs.Pairs.Select(p => new
        {
            p.Repeat,
            ValidationErrorRates = new[] { p.First.Completed!.ErrorRate, p.Second.Completed!.ErrorRate },
            Tests = new[] { Tests[p.First.Number], Tests[p.Second.Number] },
        }),
        ValidationDifference = Pairs.Validation(_seed),
        TestDifference = Pairs.Test(Tests, _seed),
        Images = images,
    };

    private string Line(SchedulePair pair) => string.Create(
        CultureInfo.InvariantCulture,
        $"repeat {pair.Repeat}: validation {Accuracy(pair.First)} and {Accuracy(pair.Second)}, test {Show.Test(Tests[pair.First.Number])} and {Show.Test(Tests[pair.Second.Number])}");

    private static string Accuracy(Trial trial) => Show.Accuracy(trial.Completed!.ErrorRate);

    // In points of accuracy, so a positive number says that the first is better.
    private static string Verdict(PairedError error, int pairs) => error.Interval is not { } interval
        ? "one pair alone says nothing of chance; run more repeats"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"the first is {Word(interval)} by {-100 * interval.Estimate:+0.00;-0.00;0.00} points [{-100 * interval.High:+0.00;-0.00;0.00}, {-100 * interval.Low:+0.00;-0.00;0.00}] (mean of {pairs} pairs, 95 % bootstrap interval), p = {error.PValue:0.####} (exact paired permutation test)");

    private static string Word(BootstrapInterval interval) =>
        interval.High < 0 ? "better" : interval.Low > 0 ? "worse" : "not shown to be better or worse,";
}
