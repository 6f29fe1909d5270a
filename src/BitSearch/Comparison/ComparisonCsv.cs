using System.Globalization;
using System.Text;
using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>
/// A comparison as CSV (RFC 4180, invariant numbers that read back exactly; what does not apply is empty). What the clock said
/// comes last, so that all else compares by cutting one column.
/// </summary>
public static class ComparisonCsv
{
    /// <summary>One line for each problem, pattern, strategy and seed.</summary>
    public static string Runs(ComparisonResult result) => Text(
        ["problem", "pattern", "strategy", "seed", "trials", "known_hypervolume", "hypervolume", "share", "regret", "trials_to_95", "repaired", "training_seconds", "proposer_seconds"],
        result.Runs.Select(r => (string[])
        [
            r.Case.Problem, r.Case.Pattern.Name(), r.Strategy, Number(r.Seed), Number(r.Trials.Count), Number(r.KnownHypervolume), Number(r.Hypervolume),
            Number(r.Share), Number(r.Regret), r.TrialsTo(StrategySummary.Near) is { } trials ? Number(trials) : "", Number(r.Trials.Count(t => t.WasRepaired)),
            Seconds(r.Trials.Sum(t => t.TrainingSeconds)), Seconds(r.Trials.Sum(t => t.ProposerSeconds)),
        ]));

    /// <summary>One line for each problem, pattern, strategy and number of trials: median and quartiles over the seeds.</summary>
    public static string Curves(ComparisonResult result) => Text(
        ["problem", "pattern", "strategy", "trial", "share_median", "share_low", "share_high", "training_seconds", "proposer_seconds"],
        from problem in result.Problems
        from curve in StrategyCurve.Of(result, problem.Case)
        from point in curve.Points
        select (string[])
        [
            problem.Case.Problem, problem.Case.Pattern.Name(), curve.Strategy, Number(point.Trial), Number(point.Share.Median), Number(point.Share.Low),
            Number(point.Share.High), Seconds(point.TrainingSeconds), Seconds(point.ProposerSeconds),
        ]);

    private static string Text(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows) =>
        rows.Prepend(columns).Aggregate(new StringBuilder(), (text, cells) => text.AppendCells(cells)).ToString();

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("F6", CultureInfo.InvariantCulture);
}
