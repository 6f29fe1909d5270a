using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// Adaptive Quantization (Zhou et al. 2018): the noise that a layer's quantization causes at the output, p e^(-a b) with
/// a = ln 4, is to be in the same proportion to t s for all layers, s being the layer's size and t its robustness. So b_i =
/// b_1 + log4(p_i t_1 s_1 / (p_1 t_i s_i)): one free number, b_1. Proposals are the schedules that b_1 sweeps through, each
/// width rounded to the nearest allowed one: the largest within the budgets first, then smaller ones, then those beyond.
/// What breaks the pattern or a budget is left to be repaired. After these, any schedule. Outcomes change nothing.
/// </summary>
/// <remarks>
/// p comes from the output's squared error at the point's widest measured width b: p = error x 4^b. t is 1: noise is measured
/// at the network's output, where it does the same harm whichever layer it comes from. s is the number of elements, for
/// activations of one image. Tied points are one layer, their p and s added.
/// </remarks>
[Component("adaptive")]
public sealed class AdaptiveProposer : IProposer
{
    private const string Measure = "output-mse";

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => [Measure];

    /// <inheritdoc/>
    /// <exception cref="PlanException">A value is missing, negative or not finite; each is named by its point.</exception>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
    {
        var sweep = Sweep(space, measured[Measure]);
        var largest = sweep.FindLastIndex(s => space.Budgets.All(b => space.Amount(s, b.Of) <= b.Most));
        var tried = Tried.In(history);
        return sweep.Take(largest + 1).Reverse().Concat(sweep.Skip(largest + 1)).FirstOrDefault(s => !tried.Contains(s))
            ?? space.Sample(random, history.Schedules);
    }

    // From all narrowest to all widest. A group goes up where b = common + offset passes the middle between two widths.
    private static List<Schedule> Sweep(SearchSpace space, Measurement measurement)
    {
        var choices = WidthChoice.Of(space);
        var offsets = Offsets(space, choices, measurement);
        var steps =
            from i in Enumerable.Range(0, choices.Count)
            from w in Enumerable.Range(1, choices[i].Widths.Count - 1)
            let common = ((choices[i].Widths[w - 1].Bits + choices[i].Widths[w].Bits) / 2.0) - offsets[i]
            where !double.IsPositiveInfinity(common)
            group (Choice: i, Width: w) by common into together
            orderby together.Key
            select together;
        var places = new int[choices.Count];
        var sweep = new List<Schedule> { WidthChoice.Schedule(choices, places) };
        foreach (var together in steps)
        {
            foreach (var (choice, width) in together)
            {
                places[choice] = width;
            }

            sweep.Add(WidthChoice.Schedule(choices, places));
        }

        return sweep;
    }

    // log4(p / (t s)) of each group; minus infinity where there is no noise.
    private static double[] Offsets(SearchSpace space, IReadOnlyList<WidthChoice> choices, Measurement measurement)
    {
        var problems = new List<Problem>();
        double[] offsets = [.. choices.Select(choice =>
        {
            var points = choice.Points.Select(i => space.Network.Points[i]).ToList();
            var noises = points.Select(p => Noise(p, choice, measurement, problems)).ToList();
            if (choice.Widths.Count > 1 && noises.TrueForAll(n => n is null))
            {
                problems.Add(new Problem(points[0].Name, $"{Measure} was not measured", "measure it, or pin its width"));
            }

            return Math.Log(noises.Sum(n => n ?? 0) / points.Sum(p => (double)p.Elements)) / Math.Log(4);
        })];
        return problems.Count == 0 ? offsets : throw new PlanException(problems);
    }

    private static double? Noise(QuantizationPoint point, WidthChoice choice, Measurement measurement, List<Problem> problems)
    {
        var widest = choice.Widths.Where(w => !w.IsFull && measurement.Of(point.Name, w) is not null).Select(w => (Bitwidth?)w).LastOrDefault();
        if (widest is not { } width)
        {
            return null;
        }

        var error = measurement.Of(point.Name, width)!.Value;
        if (!double.IsFinite(error) || error < 0)
        {
            problems.Add(new Problem(point.Name, FormattableString.Invariant($"its {Measure} at {width} bits is {error}"), "a finite number from 0"));
        }

        return error * Math.Pow(4, width.Bits);
    }
}
