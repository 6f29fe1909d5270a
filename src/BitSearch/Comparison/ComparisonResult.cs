using BitSearch.Statistics;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>A strategy that was not run on a problem.</summary>
/// <param name="Strategy">Its name.</param>
/// <param name="Lacks">The measurements that it needs and that nobody gave.</param>
public sealed record StrategyLeftOut(string Strategy, EquatableArray<string> Lacks);

/// <summary>What is known of a problem under a pattern; medians over the seeds.</summary>
/// <param name="Case">The problem and pattern.</param>
/// <param name="Schedules">How many the space holds.</param>
/// <param name="KnownHypervolume">The hypervolume of the known front, whatever the pattern, as a share of its rectangle.</param>
/// <param name="Reachable">The share of that which the best front within the pattern has.</param>
/// <param name="LeftOut">Strategies that could not run.</param>
public sealed record ProblemFact(ComparisonCase Case, double Schedules, double KnownHypervolume, double Reachable, EquatableArray<StrategyLeftOut> LeftOut);

/// <summary>What a comparison found.</summary>
/// <param name="Design">What was compared.</param>
/// <param name="Problems">In the order of the design.</param>
/// <param name="Runs">Problem by problem, seed by seed, strategy by strategy.</param>
/// <param name="Summaries">Problem by problem; the best median first.</param>
public sealed record ComparisonResult(
    ComparisonDesign Design, EquatableArray<ProblemFact> Problems, EquatableArray<ComparisonRun> Runs, EquatableArray<StrategySummary> Summaries)
{
    /// <summary>The level below which an adjusted p-value counts as a difference.</summary>
    public const double Level = 0.05;

    /// <summary>Summarises runs.</summary>
    public static ComparisonResult Of(ComparisonDesign design, EquatableArray<ComparisonRun> runs, EquatableArray<ProblemFact> problems) =>
        new(design, problems, runs, Summarise(design.Seed, problems.Select(p => p.Case), [.. runs.Select(r => r.Result)]));

    /// <summary>Problem by problem; the best median first.</summary>
    /// <param name="seed">The comparison's: decides permutations and resamples.</param>
    /// <param name="cases">The problems, in the order wanted.</param>
    /// <param name="runs">Of each problem, <see cref="ComparisonDesign.Baseline"/> among the strategies; each strategy with the same seeds.</param>
    public static EquatableArray<StrategySummary> Summarise(Seed seed, IEnumerable<ComparisonCase> cases, IReadOnlyList<RunResult> runs) =>
        cases.SelectMany(c => Summarise(seed, [.. runs.Where(r => r.Case == c)])).ToEquatableArray();

    private static IEnumerable<StrategySummary> Summarise(Seed seed, IReadOnlyList<RunResult> runs)
    {
        var byStrategy = runs.GroupBy(r => r.Strategy).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Seed).ToList());
        var random = byStrategy[ComparisonDesign.Baseline];
        var others = byStrategy.Keys.Where(s => s != ComparisonDesign.Baseline).Order(StringComparer.Ordinal).ToList();
        var differences = others.Select(s => byStrategy[s].Zip(random, (run, to) => run.Share - to.Share).ToList()).ToList();
        var pValues = differences.Select((d, i) => PairedPermutation.PValue(d, new Seed(seed.Derive($"permutation/{others[i]}")))).ToList();
        var adjusted = HolmCorrection.Adjust(pValues);
        var compared = others.Select((strategy, i) => StrategySummary.Of(byStrategy[strategy]) with
        {
            ToRandom = new PairedDifference(
                BootstrapInterval.OfMean(differences[i], new Seed(seed.Derive($"bootstrap/{strategy}"))), pValues[i], adjusted[i]),
        });
        return compared.Prepend(StrategySummary.Of(random)).OrderByDescending(s => s.Share.Median).ThenBy(s => s.Strategy, StringComparer.Ordinal);
    }
}
