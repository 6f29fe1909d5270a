namespace BitSearch.Allocation;

/// <summary>
/// Lower bounds on the sensitivity of every completion of a partial schedule: limits are relaxed into prices
/// (Fisher 1981), the pattern is kept by the walk. For any prices p at or above 0 no completion that keeps the limits is
/// below s + p (c - limit) + the least of (sensitivity + p cost) to the end.
/// </summary>
internal sealed class LagrangianBound
{
    private const int Bisections = 50;
    private const int Rounds = 100;

    private readonly ChoiceWalk _walk;
    private readonly CostLimit[] _limits;
    private readonly List<(double[] Prices, double Offset, double[][] ToEnd)> _relaxations = [];

    /// <summary>Finds prices: none at all, the best for each limit alone, and good ones for all limits together.</summary>
    public LagrangianBound(ChoiceWalk walk, IReadOnlyList<CostLimit> limits)
    {
        (_walk, _limits) = (walk, [.. limits]);
        var prices = new double[_limits.Length];
        Add(prices);
        for (var k = 0; k < _limits.Length; k++)
        {
            var alone = new double[_limits.Length];
            alone[k] = BestPrice(alone, k);
            Add(alone);
            prices = Bound(alone) > Bound(prices) ? alone : prices;
        }

        if (_limits.Length > 1)
        {
            Add(Ascend(prices));
        }

        Scale = walk.Choices.Sum(level => level.Max(c => Math.Abs(c.Sensitivity)))
            + _relaxations.Max(r => r.Prices.Zip(_limits, (p, l) => p * l.Most).Sum());
    }

    /// <summary>The size of the terms that a bound is made of: what its rounding errors are relative to.</summary>
    public double Scale { get; }

    /// <summary>The bound for a state before <paramref name="level"/> with these sums so far.</summary>
    public double Of(int level, int last, double sensitivity, ReadOnlySpan<long> costs)
    {
        var best = double.NegativeInfinity;
        foreach (var (prices, offset, toEnd) in _relaxations)
        {
            var bound = sensitivity + toEnd[level][last] - offset;
            for (var k = 0; k < prices.Length; k++)
            {
                bound += prices[k] * costs[k];
            }

            best = Math.Max(best, bound);
        }

        return best;
    }

    private void Add(double[] prices) => _relaxations.Add((prices, Offset(prices), Rest(prices)));

    private double Offset(double[] prices) => prices.Zip(_limits, (p, l) => p * l.Most).Sum();

    private double[][] Rest(double[] prices) => _walk.LeastToEnd(c => Priced(c, prices), double.PositiveInfinity);

    private double Bound(double[] prices) => Rest(prices)[0][0] - Offset(prices);

    private double Priced(Choice choice, double[] prices)
    {
        var value = choice.Sensitivity;
        for (var k = 0; k < prices.Length; k++)
        {
            value += prices[k] * choice.Costs[_limits[k].Measure];
        }

        return value;
    }

    // The bound is concave in a price; its slope is the use of the cheapest schedule less the limit.
    private double BestPrice(double[] others, int k)
    {
        var prices = (double[])others.Clone();
        double low = 0, high = 1.0 / Math.Max(1, _limits[k].Most);
        for (var doublings = 0; doublings < 200 && Excess(At(high))[k] > 0; doublings++)
        {
            (low, high) = (high, high * 2);
        }

        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Excess(At(middle))[k] > 0 ? (middle, high) : (low, middle);
        }

        return high;

        double[] At(double price)
        {
            prices[k] = price;
            return prices;
        }
    }

    // Steps along the excess over the limits, shorter where they gain nothing (Held, Wolfe and Crowder 1974).
    private double[] Ascend(double[] start)
    {
        var scale = _walk.Choices.Sum(level => level.Max(c => c.Sensitivity) - level.Min(c => c.Sensitivity));
        var (best, value, prices, step) = (start, Bound(start), start, 0.1);
        for (var round = 0; round < Rounds; round++)
        {
            var excess = Excess(prices).Zip(_limits, (e, l) => e / Math.Max(1, l.Most)).ToArray();
            var norm = excess.Sum(e => e * e);
            if (norm == 0)
            {
                break;
            }

            prices = [.. prices.Select((p, k) => Math.Max(0, p + (step * scale * excess[k] / norm / Math.Max(1, _limits[k].Most))))];
            var reached = Bound(prices);
            (best, value, prices, step) = reached > value ? (prices, reached, prices, step) : (best, value, best, step * 0.8);
        }

        return best;
    }

    // By how many counts the cheapest schedule at these prices exceeds each limit.
    private double[] Excess(double[] prices)
    {
        var rest = Rest(prices);
        var excess = Array.ConvertAll(_limits, l => -(double)l.Most);
        var last = 0;
        for (var level = 0; level < _walk.Levels; level++)
        {
            var step = _walk.From(level, last).MinBy(s => Priced(s.Taken, prices) + rest[level + 1][s.Last]);
            for (var k = 0; k < excess.Length; k++)
            {
                excess[k] += step.Taken.Costs[_limits[k].Measure];
            }

            last = step.Last;
        }

        return excess;
    }
}
