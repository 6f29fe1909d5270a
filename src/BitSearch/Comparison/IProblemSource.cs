using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>Where problems of one name come from. Safe to use from several threads.</summary>
public interface IProblemSource
{
    /// <summary>Unique within a comparison.</summary>
    string Name { get; }

    /// <summary>The problem that a seed draws; where there is but one, the same for all seeds.</summary>
    /// <param name="pattern">What the space is limited to. The landscape does not depend on it.</param>
    /// <param name="seed">Decides all that is random about the problem.</param>
    /// <param name="needs">The names of measurements that strategies ask for.</param>
    ComparisonProblem Draw(SchedulePattern pattern, Seed seed, IReadOnlyCollection<string> needs);
}
