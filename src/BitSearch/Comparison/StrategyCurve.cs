using MathNet.Numerics.Statistics;

namespace BitSearch.Comparison;

/// <summary>How a strategy comes on, trial by trial.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Points">One for each trial, from the first.</param>
public sealed record StrategyCurve(string Strategy, EquatableArray<StrategyCurvePoint> Points)
{
    /// <summary>The curves of a problem's strategies, the best final median first.</summary>
    public static IReadOnlyList<StrategyCurve> Of(ComparisonResult result, ComparisonCase @case) =>
    [
        .. result.Summaries.Where(s => s.Case == @case).Select(s => Of(
            s.Strategy, [.. result.Runs.Where(r => r.Case == @case && r.Strategy == s.Strategy)], result.Design.Trials)),
    ];

    // A run that ended early stays where it was.
    private static StrategyCurve Of(string strategy, IReadOnlyList<ComparisonRun> runs, int trials) => new(strategy, Enumerable.Range(1, trials)
        .Select(trial => new StrategyCurvePoint(
            trial,
            Spread.Of([.. runs.Select(r => r.Trials.Count == 0 ? 0 : r.Trials[Math.Min(trial, r.Trials.Count) - 1].Share)]),
            runs.Select(r => r.Trials.Take(trial).Sum(t => t.TrainingSeconds)).Median(),
            runs.Select(r => r.Trials.Take(trial).Sum(t => t.ProposerSeconds)).Median())).ToEquatableArray());
}

/// <summary>Where a strategy is after some trials, over all seeds.</summary>
/// <param name="Trial">How many trials, from 1.</param>
/// <param name="Share">The share of the known front's hypervolume.</param>
/// <param name="TrainingSeconds">The median seconds of the recorded trainings so far.</param>
/// <param name="ProposerSeconds">The median seconds that the strategy thought so far.</param>
public sealed record StrategyCurvePoint(int Trial, Spread Share, double TrainingSeconds, double ProposerSeconds);
