using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>
/// The idea of Chu et al. 2021, that the more separable a layer's features are the fewer bits it needs, in a formula of our
/// own (theirs was not available to us). Let D be a layer's separation fuzziness (He and Su 2023: log D falls by about the same
/// amount a layer). Log D, made monotone by its running minimum over depth, is cut by thresholds into width classes, the
/// widest first; so widths decrease with depth by construction. Proposals are all choices of thresholds and classes whose
/// schedules keep the budgets, best fit first: the least sum of squares of log D within the classes (natural breaks, Fisher
/// 1958), and of equal fits the one with more bits. After these, any schedule. Outcomes change nothing; a schedule
/// that the space's pattern forbids is left to be repaired.
/// </summary>
/// <remarks>
/// A group of tied points has the D of its first layer, and takes of its own widths the nearest to its class's. Where the
/// choices would be more than 100,000, layers that differ least in log D share a class.
/// </remarks>
[Component("separability")]
public sealed class SeparabilityProposer : IProposer
{
    private const string Measure = "separability";

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => [Measure];

    /// <inheritdoc/>
    /// <exception cref="PlanException">D is missing where there is a choice of widths, or not above 0; each is named by its layer.</exception>
    public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random)
    {
        var choices = WidthChoice.Of(space);
        var cuts = new MonotoneCuts(space, choices, Fuzziness(space, choices, measured[Measure]));
        var tried = Tried.In(history);
        return cuts.BestFirst().FirstOrDefault(s => !tried.Contains(s) && space.Budgets.All(b => space.Amount(s, b.Of) <= b.Most))
            ?? space.Sample(random, history.Schedules);
    }

    // The running minimum of log D at each choice, in order of depth; a layer's value may stand at any of its points.
    private static double[] Fuzziness(SearchSpace space, IReadOnlyList<WidthChoice> choices, Measurement measurement)
    {
        var (problems, least) = (new List<Problem>(), double.PositiveInfinity);
        var byLayer = space.Network.Points.Select(p => (p.Layer, Value: measurement.Of(p.Name))).Where(p => p.Value is not null)
            .DistinctBy(p => p.Layer).ToDictionary(p => p.Layer, p => p.Value!.Value);
        var minima = new double[choices.Count];
        for (var i = 0; i < choices.Count; i++)
        {
            var point = space.Network.Points[choices[i].Points[0]];
            var known = byLayer.TryGetValue(point.Layer, out var fuzziness);
            if (known ? !double.IsFinite(fuzziness) || fuzziness <= 0 : choices[i].Widths.Count > 1)
            {
                problems.Add(known
                    ? new Problem(point.Layer, FormattableString.Invariant($"its {Measure} is {fuzziness}"), "a finite number above 0")
                    : new Problem(point.Layer, $"{Measure} was not measured", "measure it, or pin its width"));
            }

            least = known ? Math.Min(least, Math.Log(fuzziness)) : least;
            minima[i] = least;
        }

        return problems.Count == 0 ? minima : throw new PlanException(problems.Distinct());
    }
}
