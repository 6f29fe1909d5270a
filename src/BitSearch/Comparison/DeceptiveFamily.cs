using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>
/// Single changes mislead. Every other group of layers is fragile: from three bits on, each of its layers does less harm alone,
/// but all together do far more than their sum. The groups between are robust: each layer does more harm alone, but together
/// they do hardly more than a few. So one-at-a-time measurements, and searches that change one layer of a wide network, take
/// bits from the fragile layers, and the best schedules take them from the robust ones. Which groups are fragile is drawn.
/// </summary>
[Component("deceptive")]
public sealed class DeceptiveFamily : LandscapeFamily
{
    // In harms of all fragile layers at their fewest bits, added up: what comes to it when they are squared, what the robust ones
    // would add up to, and what these do at most.
    private const double FragileSquare = 20;
    private const double RobustTotal = 6;
    private const double RobustLimit = 0.35;

    /// <inheritdoc/>
    public override int? Groups => 8;

    /// <inheritdoc/>
    public override SyntheticLandscape Draw(SearchSpace space, Random random)
    {
        var harms = HarmTable.Decaying(space.Network.Points.Count, 2, 0.25, random);
        var groups = space.Network.Points.Select((p, i) => p.TieGroup ?? p.Name).ToList();
        var (places, parity) = (groups.Distinct().ToList(), random.Next(2));
        var fragile = groups.Select(g => places.IndexOf(g) % 2 == parity).ToArray();
        var narrowest = space.Smallest(BudgetMeasure.Artifact).Schedule;
        double Total(bool kind) => Enumerable.Range(0, fragile.Length).Where(i => fragile[i] == kind).Sum(i => harms[i, narrowest[i]]);
        var (fragileTotal, robustTotal) = (Total(true), Total(false));
        var scaled = new HarmTable(harms.Points, (i, bits) => harms[i, new Bitwidth(bits)] * (fragile[i] ? 1 / fragileTotal : RobustTotal / robustTotal));
        return new TwoKinds(scaled, fragile, narrowest);
    }

    private sealed class TwoKinds : SyntheticLandscape
    {
        private readonly HarmTable _harms;
        private readonly bool[] _fragile;

        public TwoKinds(HarmTable harms, bool[] fragile, Schedule narrowest)
        {
            (_harms, _fragile) = (harms, fragile);
            MostHarm = Harm(narrowest);
        }

        /// <inheritdoc/>
        protected override double MostHarm { get; }

        /// <inheritdoc/>
        protected override double Harm(Schedule schedule)
        {
            var (fragile, robust) = (0.0, 0.0);
            for (var i = 0; i < schedule.Count; i++)
            {
                var harm = _harms[i, schedule[i]];
                (fragile, robust) = _fragile[i] ? (fragile + harm, robust) : (fragile, robust + harm);
            }

            return fragile + (FragileSquare * fragile * fragile) + (RobustLimit * (1 - Math.Exp(-robust / RobustLimit)));
        }
    }
}
