using BitSearch.Search;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>Runs all strategies of a design on all its problems.</summary>
/// <param name="design">What is compared.</param>
/// <param name="clock">Times the strategies.</param>
public sealed class StrategyComparison(ComparisonDesign design, TimeProvider clock)
{
    private readonly List<string> _needs = [.. design.Strategies.SelectMany(s => s.Proposer.Needs).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>How many pieces of work there are: each problem, pattern and seed with all strategies is one.</summary>
    public int Pieces => design.Cases.Count() * design.Seeds;

    /// <summary>Does all of it. The result does not depend on the number of workers, but for the seconds.</summary>
    /// <param name="workers">How many pieces are done at once, at least 1.</param>
    /// <param name="done">Hears of each piece that is done, from any thread.</param>
    /// <param name="stop">Stops between two trials.</param>
    /// <exception cref="OperationCanceledException">A stop was requested.</exception>
    /// <exception cref="PlanException">A strategy cannot do with a measurement.</exception>
    public ComparisonResult Run(int workers, Action<ComparisonCase, int> done, CancellationToken stop)
    {
        var pieces = design.Problems
            .SelectMany(_ => design.Patterns, (problem, pattern) => (Problem: problem, Case: new ComparisonCase(problem.Name, pattern)))
            .SelectMany(_ => Enumerable.Range(0, design.Seeds), (c, seed) => (c.Problem, c.Case, Seed: seed)).ToList();
        var results = new Piece[pieces.Count];
        try
        {
            Parallel.For(0, pieces.Count, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = stop }, i =>
            {
                results[i] = Do(pieces[i].Problem, pieces[i].Case, pieces[i].Seed, stop);
                done(pieces[i].Case, pieces[i].Seed);
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<PlanException>().FirstOrDefault() is { } mistake)
        {
            throw new PlanException(mistake.Problems);
        }

        return ComparisonResult.Of(design, [.. results.SelectMany(r => r.Runs)], [.. results.GroupBy(r => r.Case).Select(Fact)]);
    }

    private Piece Do(IProblemSource source, ComparisonCase @case, int number, CancellationToken stop)
    {
        var problem = source.Draw(@case.Pattern, new Seed(design.Seed.Derive($"problem/{source.Name}", number)), _needs);
        var loop = new StrategyLoop(problem, clock);
        var seed = new Seed(design.Seed.Derive("strategies", number));
        var runs = design.Strategies.Where(s => IsTold(s.Proposer, problem)).Select(s =>
            new ComparisonRun(@case, s.Name, number, loop.Run(s.Proposer, design.Trials, seed, stop)) { KnownHypervolume = problem.Front.Hypervolume });
        return new Piece(
            @case, problem, [.. runs],
            [.. design.Strategies.Where(s => !IsTold(s.Proposer, problem)).Select(s => new StrategyLeftOut(s.Name, [.. s.Proposer.Needs.Except(problem.Measured.Names)]))]);
    }

    private static bool IsTold(IProposer proposer, ComparisonProblem problem) => proposer.Needs.All(problem.Measured.Names.Contains);

    private static ProblemFact Fact(IGrouping<ComparisonCase, Piece> pieces) => new(
        pieces.Key,
        Spread.Of([.. pieces.Select(p => (double)p.Problem.Space.Count())]).Median,
        Spread.Of([.. pieces.Select(p => p.Problem.Front.Hypervolume)]).Median,
        Spread.Of([.. pieces.Select(p => p.Problem.Reachable / p.Problem.Front.Hypervolume)]).Median,
        pieces.First().LeftOut);

    private sealed record Piece(ComparisonCase Case, ComparisonProblem Problem, IReadOnlyList<ComparisonRun> Runs, EquatableArray<StrategyLeftOut> LeftOut);
}
