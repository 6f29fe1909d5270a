using BitSearch.Statistics;
using MathNet.Numerics.Statistics;

namespace BitSearch.Comparison;

/// <summary>A strategy's share of the known front less random's, seed by seed.</summary>
/// <param name="Mean">The mean over seeds, with its 95 % bootstrap interval; in shares of the known front's hypervolume.</param>
/// <param name="PValue">Of the paired permutation test.</param>
/// <param name="Adjusted">The same after Holm's correction over the strategies of this problem and pattern.</param>
public sealed record PairedDifference(BootstrapInterval Mean, double PValue, double Adjusted)
{
    /// <summary>1: better than random, -1: worse, 0: no difference shown.</summary>
    public int Verdict => Adjusted < ComparisonResult.Level ? Math.Sign(Mean.Estimate) : 0;
}

/// <summary>A strategy on a problem, over all seeds.</summary>
/// <param name="Case">The problem and pattern.</param>
/// <param name="Strategy">Its name.</param>
/// <param name="Hypervolume">After all trials, as a share of the known front's rectangle.</param>
/// <param name="Share">After all trials, as a share of the known front's hypervolume: 1 - regret.</param>
public sealed record StrategySummary(ComparisonCase Case, string Strategy, Spread Hypervolume, Spread Share)
{
    /// <summary>The share of the known front that counts as having come near it.</summary>
    public const double Near = 0.95;

    /// <summary>The median number of trials until the share was <see cref="Near"/>; null: half of the seeds or more never came so far.</summary>
    public double? TrialsToNear { get; init; }

    /// <summary>With how many seeds it came so far.</summary>
    public required int Reached { get; init; }

    /// <summary>The number of seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>The share of proposals that had to be repaired, 0..1.</summary>
    public double Repaired { get; init; }

    /// <summary>The median number of trials; fewer than asked for where the strategy had nothing left to propose.</summary>
    public required double Trials { get; init; }

    /// <summary>The median seconds that the strategy thought in a run. Left out of every comparison of results.</summary>
    public double ProposerSeconds { get; init; }

    /// <summary>The median seconds that the trainings of a run took when they were recorded. Depends on the trials alone.</summary>
    public double TrainingSeconds { get; init; }

    /// <summary>The difference to random; null for random itself.</summary>
    public PairedDifference? ToRandom { get; init; }

    /// <summary>Summarises the runs of one strategy on one problem.</summary>
    /// <param name="runs">One for each seed, at least one.</param>
    public static StrategySummary Of(IReadOnlyList<RunResult> runs)
    {
        var near = runs.Select(r => r.TrialsToNear ?? double.PositiveInfinity).Order().ToList();
        var trials = (near[(near.Count - 1) / 2] + near[near.Count / 2]) / 2;
        return new StrategySummary(runs[0].Case, runs[0].Strategy, Spread.Of([.. runs.Select(r => r.Hypervolume)]), Spread.Of([.. runs.Select(r => r.Share)]))
        {
            TrialsToNear = double.IsFinite(trials) ? trials : null,
            Reached = near.Count(double.IsFinite),
            Seeds = runs.Count,
            Repaired = (double)runs.Sum(r => r.Repaired) / Math.Max(1, runs.Sum(r => r.Trials)),
            Trials = runs.Select(r => (double)r.Trials).Median(),
            ProposerSeconds = runs.Select(r => r.ProposerSeconds).Median(),
            TrainingSeconds = runs.Select(r => r.TrainingSeconds).Median(),
        };
    }
}
