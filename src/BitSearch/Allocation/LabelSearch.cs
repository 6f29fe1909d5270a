namespace BitSearch.Allocation;

/// <summary>
/// Branch and bound, level by level: a partial schedule is dropped when it cannot keep a limit, when another one dominates
/// it, when its bound is above the best schedule known, or when a level has more of them than a beam is wide. Only the last
/// leaves something open, and the least bound among those says how much.
/// </summary>
/// <param name="walk">The choices.</param>
/// <param name="limits">What has to be kept; each alone can be.</param>
internal sealed class LabelSearch(ChoiceWalk walk, IReadOnlyList<CostLimit> limits)
{
    private const double Rounding = 1e-12; // Relative to the terms of a bound, some hundred of which are added.
    private const int Looks = 64; // Labels that a label is compared with where there are several limits.

    private readonly LagrangianBound _bound = new(walk, limits);
    private readonly long[][][] _leastCosts = [.. limits.Select(l => walk.LeastToEnd(c => c.Costs[l.Measure], long.MaxValue))];

    /// <summary>The best label of all passes so far that reached the end; null: none.</summary>
    public Label? Best { get; private set; }

    /// <summary>A bound on all that the last pass left open; infinite if nothing.</summary>
    public double Open { get; private set; }

    /// <summary>Goes through all levels with at most <paramref name="beam"/> labels each.</summary>
    public void Pass(int beam)
    {
        Open = double.PositiveInfinity;
        List<Label> labels = [new Label(null, 0, 0, 0, new long[limits.Count], double.NegativeInfinity)];
        for (var level = 0; level < walk.Levels; level++)
        {
            labels = Undominated(Extend(level, Narrow(labels, beam)));
        }

        labels.Sort(Label.ByWorth);
        Best = labels.Count > 0 && (Best is null || Label.ByWorth(labels[0], Best) < 0) ? labels[0] : Best;
        Open = Best is not null && Open >= Best.Sensitivity - (Rounding * _bound.Scale) ? double.PositiveInfinity : Open;
    }

    private List<Label> Narrow(List<Label> labels, int beam)
    {
        if (labels.Count <= beam)
        {
            return labels;
        }

        var promising = labels.OrderBy(l => l.Bound).ToList();
        Open = Math.Min(Open, promising[beam].Bound);
        return promising[..beam];
    }

    private List<Label> Extend(int level, List<Label> labels)
    {
        var hopeless = (Best?.Sensitivity ?? double.PositiveInfinity) + (Rounding * _bound.Scale);
        var costs = new long[limits.Count];
        var extended = new List<Label>();
        foreach (var label in labels)
        {
            foreach (var step in walk.From(level, label.Last))
            {
                var choice = step.Taken;
                var sensitivity = label.Sensitivity + choice.Sensitivity;
                if (Fits(level, step, label, choice, costs)
                    && _bound.Of(level + 1, step.Last, sensitivity, costs) is var bound && bound <= hopeless)
                {
                    extended.Add(new Label(label, step.Number, step.Last, sensitivity, [.. costs], bound));
                }
            }
        }

        return extended;
    }

    private bool Fits(int level, Step step, Label label, Choice choice, long[] costs)
    {
        for (var k = 0; k < costs.Length; k++)
        {
            costs[k] = label.Costs[k] + choice.Costs[limits[k].Measure];
            var rest = _leastCosts[k][level + 1][step.Last];
            if (rest == long.MaxValue || costs[k] + rest > limits[k].Most)
            {
                return false;
            }
        }

        return true;
    }

    // In this order a label is dominated by earlier ones only; with at most one limit the last kept one decides.
    private List<Label> Undominated(List<Label> labels)
    {
        labels.Sort(Label.ByCost);
        var kept = new List<Label>(labels.Count);
        foreach (var label in labels)
        {
            var dominated = false;
            for (var i = kept.Count - 1; i >= Math.Max(0, kept.Count - Looks) && kept[i].Last == label.Last && !dominated; i--)
            {
                dominated = kept[i].Dominates(label);
                if (limits.Count <= 1)
                {
                    break;
                }
            }

            if (!dominated)
            {
                kept.Add(label);
            }
        }

        return kept;
    }
}
