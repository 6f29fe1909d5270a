namespace BitSearch.Tests;

/// <summary>What is no chance has to find more than chance does, on a problem whose optimum is known.</summary>
public sealed class StrategyQualityTests
{
    private const int Trials = 60;
    private const int Seeds = 11;
    private static readonly AdditiveProblem Problem = new();
    private static readonly Lazy<double> Chance = new(() => Median("random"));

    [Theory]
    [InlineData("grid", 0.05)]
    [InlineData("evolutionary", 0.03)]
    [InlineData("particle-swarm", 0.05)]
    [InlineData("bayesian", 0.15)]
    public void Finds_more_than_chance(string proposer, double margin)
    {
        var found = Median(proposer);
        Assert.True(found >= Chance.Value + margin, $"{proposer} dominates {found:F3}, random {Chance.Value:F3}, the optimum {Problem.Optimum():F3}");
        Assert.True(found < Problem.Optimum());
    }

    private static double Median(string proposer) =>
        Enumerable.Range(0, Seeds).Select(seed => Problem.Search(proposer, Trials, (ulong)seed)).Order().ElementAt(Seeds / 2);
}
