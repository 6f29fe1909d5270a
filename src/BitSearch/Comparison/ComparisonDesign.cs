using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>Everything that decides what a comparison of strategies finds.</summary>
/// <param name="Name">For titles.</param>
/// <param name="Problems">At least one.</param>
/// <param name="Patterns">At least one; each problem is searched under each.</param>
/// <param name="Strategies">By name; <see cref="Baseline"/> among them.</param>
/// <param name="Trials">What each strategy may try, at least 1.</param>
/// <param name="Seeds">How often all is done, at least 2.</param>
/// <param name="Seed">The root of all randomness.</param>
public sealed record ComparisonDesign(
    string Name,
    IReadOnlyList<IProblemSource> Problems,
    IReadOnlyList<SchedulePattern> Patterns,
    IReadOnlyList<(string Name, IProposer Proposer)> Strategies,
    int Trials,
    int Seeds,
    Seed Seed)
{
    /// <summary>The strategy that all others are compared with: feasible schedules at random.</summary>
    public const string Baseline = "random";

    /// <summary>What its tables say of it.</summary>
    public ComparisonTitle Title => new(Name, Trials, Seeds, Seed, [.. Strategies.Select(s => s.Name)]);

    /// <summary>The problems under their patterns.</summary>
    public IEnumerable<ComparisonCase> Cases => Problems.SelectMany(_ => Patterns, (problem, pattern) => new ComparisonCase(problem.Name, pattern));
}

/// <summary>What a comparison's tables say of its design.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trials">What each strategy may try.</param>
/// <param name="Seeds">How often all is done.</param>
/// <param name="Seed">The root of all randomness.</param>
/// <param name="Strategies">The strategies by name, the baseline among them.</param>
public sealed record ComparisonTitle(string Name, int Trials, int Seeds, Seed Seed, EquatableArray<string> Strategies);
