using BitSearch.Pareto;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;
using MathNet.Numerics.Distributions;

namespace BitSearch.Comparison;

/// <summary>One problem, ready to be searched.</summary>
/// <param name="Space">What may be proposed.</param>
/// <param name="Landscape">What it scores.</param>
public sealed record ComparisonProblem(SearchSpace Space, ILandscape Landscape)
{
    /// <summary>What strategies are told beforehand; those that need more cannot run.</summary>
    public Measurements Measured { get; init; } = Measurements.None;

    /// <summary>The front over all schedules within the budget, whatever the pattern.</summary>
    public required KnownFront Front { get; init; }

    /// <summary>The hypervolume of the best front within the space's pattern, in <see cref="Front"/>'s rectangle.</summary>
    public required double Reachable { get; init; }

    /// <summary>The standard deviation of what is observed of an error rate; 0: the truth is seen.</summary>
    public double Noise { get; init; }

    /// <summary>Decides the noise: a schedule's is the same whoever asks and whenever.</summary>
    public Seed NoiseSeed { get; init; }

    /// <summary>What fronts are measured by: the size in bytes that the budget is about, and the error rate.</summary>
    public static Objectives Judge(SearchSpace space, Schedule schedule, double errorRate) =>
        new(space.Footprint(schedule, Measure(space)).Bytes, errorRate);

    /// <summary>What the space's first budget is about; the artifact where there is none.</summary>
    public static BudgetMeasure Measure(SearchSpace space) => space.Budgets.Count > 0 ? space.Budgets[0].Of : BudgetMeasure.Artifact;

    /// <summary>The outcome as a search sees it: the true one, with noise on the error rate and kept within 0..1.</summary>
    public TrialOutcome Observe(Schedule schedule, TrialOutcome truth) => Noise > 0 && truth is TrialOutcome.Completed completed
        ? completed with { ErrorRate = Math.Clamp(completed.ErrorRate + Normal.Sample(NoiseSeed.Stream($"noise/{schedule}"), 0, Noise), 0, 1) }
        : truth;
}
