using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>
/// Layers and pairs of neighbours: to the sum of single harms comes, for each two consecutive points, the geometric mean of
/// their harms times a factor from -0.9 (errors partly cancel) to 3 (they add up worse than alone). One layer quantized alone
/// shows nothing of it.
/// </summary>
[Component("interacting")]
public sealed class InteractingFamily : LandscapeFamily
{
    /// <inheritdoc/>
    public override int? Groups => 8;

    /// <inheritdoc/>
    public override SyntheticLandscape Draw(SearchSpace space, Random random)
    {
        var harms = HarmTable.Decaying(space.Network.Points.Count, 4, 1, random);
        var factors = Enumerable.Range(0, harms.Points - 1).Select(_ => -0.9 + (3.9 * random.NextDouble())).ToArray();
        return new PairLandscape(harms, factors, space.Smallest(BudgetMeasure.Artifact).Schedule);
    }

    // Factors above -1 keep the sum from falling below 0: a + b >= 2 sqrt(ab), and each point has two neighbours.
    private sealed class PairLandscape(HarmTable harms, double[] factors, Schedule narrowest) : SyntheticLandscape
    {
        /// <inheritdoc/>
        protected override double MostHarm { get; } = harms.Sum(narrowest) + Pairs(harms, [.. factors.Select(f => Math.Max(f, 0))], narrowest);

        /// <inheritdoc/>
        protected override double Harm(Schedule schedule) => harms.Sum(schedule) + Pairs(harms, factors, schedule);

        private static double Pairs(HarmTable harms, double[] factors, Schedule schedule)
        {
            var sum = 0.0;
            for (var i = 0; i < factors.Length; i++)
            {
                sum += factors[i] * Math.Sqrt(harms[i, schedule[i]] * harms[i + 1, schedule[i + 1]]);
            }

            return sum;
        }
    }
}
