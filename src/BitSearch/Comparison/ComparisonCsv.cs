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
    public static string Runs(ComparisonResult result) => Runs([.. result.Runs.Select(r => r.Result)]);

    /// <summary>The same of stored runs.</summary>
    public static string Runs(IReadOnlyList<RunResult> runs) => Text(
        ["problem", "pattern", "strategy", "seed", "trials", "known_hypervolume", "hypervolume", "share", "regret", "trials_to_95", "repaired", "training_seconds", "proposer_seconds"],
        runs.Select(r => (string[])
        [
            r.Case.Problem, r.Case.Pattern.Name(), r.Strategy, Number(r.Seed), Number(r.Trials), Number(r.KnownHypervolume), Number(r.Hypervolume),
            Number(r.Share), Number(r.Regret), r.TrialsToNear is { } trials ? Number(trials) : "", Number(r.Repaired),
            Seconds(r.TrainingSeconds), Seconds(r.ProposerSeconds),
        ]));

    /// <summary>Reads back what <see cref="Runs(ComparisonResult)"/> wrote; seconds to the microsecond.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The file, for messages.</param>
    /// <exception cref="PlanException">It is no such file; the message names the line.</exception>
    public static IReadOnlyList<RunResult> Read(string text, string name) =>
        CsvRecords.Rows(text, name, "is no line of a comparison", "the comparison.csv of bitsearch compare-strategies", ResultOf);

    private static RunResult ResultOf(IReadOnlyList<string> cells)
    {
        if (cells.Count != 13)
        {
            throw new FormatException($"it has {cells.Count} cells, not 13");
        }

        int Whole(int column) => int.Parse(cells[column], CultureInfo.InvariantCulture);
        double Real(int column) => double.Parse(cells[column], CultureInfo.InvariantCulture) is var real && double.IsFinite(real) ? real : throw new FormatException($"'{cells[column]}' is not finite");
        return new RunResult(new ComparisonCase(cells[0], SchedulePatterns.Parse(cells[1])), cells[2], Whole(3), Whole(4), Real(5), Real(7))
        {
            TrialsToNear = cells[9].Length == 0 ? null : Whole(9),
            Repaired = Whole(10),
            TrainingSeconds = Real(11),
            ProposerSeconds = Real(12),
        };
    }

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
