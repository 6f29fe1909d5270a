using System.Collections.Immutable;
using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>
/// How much the loss increases, and what it costs, if a point takes a width: the input of <see cref="ExactSolver"/>. The
/// increases of single points are taken to add up (Dong et al. 2020, HAWQ-V2). Equal by content.
/// </summary>
public sealed record SensitivityTable
{
    private const long MostCost = long.MaxValue / 4;

    private SensitivityTable(EquatableArray<CostMeasure> measures, EquatableArray<SensitivityPoint> points) =>
        (Measures, Points) = (measures, points);

    /// <summary>What is counted; may be empty.</summary>
    public EquatableArray<CostMeasure> Measures { get; }

    /// <summary>The points in order of depth.</summary>
    public EquatableArray<SensitivityPoint> Points { get; }

    /// <summary>The table, checked.</summary>
    /// <param name="measures">What is counted; names differ.</param>
    /// <param name="points">In order of depth.</param>
    /// <exception cref="PlanException">
    /// There is no point, two share a name, a point has no width or one twice, a sensitivity is not finite, a cost is
    /// missing, negative or beyond a 64-bit sum, or tied points have no width in common. Each is named by its point.
    /// </exception>
    public static SensitivityTable Of(IEnumerable<CostMeasure> measures, IEnumerable<SensitivityPoint> points)
    {
        var table = new SensitivityTable(measures.ToEquatableArray(), points
            .Select(p => p with { Options = p.Options.OrderBy(o => o.Width).ToEquatableArray() }).ToEquatableArray());
        var problems = table.Problems().ToList();
        return problems.Count == 0 ? table : throw new PlanException(problems);
    }

    /// <summary>What a schedule means at one point.</summary>
    /// <exception cref="ArgumentException">The point does not allow the width.</exception>
    public WidthOption OptionOf(int point, Bitwidth width) => Points[point].Options.FirstOrDefault(o => o.Width == width)
        ?? throw new ArgumentException($"{Points[point].Name} does not allow {width} bits", nameof(width));

    /// <summary>The groups of points that choose as one, in the order in which the pattern walks them.</summary>
    internal ImmutableArray<PointGroup> Groups(SchedulePattern pattern) => PointGroup.Of(
        [.. Points.Select((p, depth) => new QuantizationPoint(p.Name, p.Name, depth, p.Kind, [p.Elements], 0)
        {
            Widths = p.Options.Select(o => o.Width).ToEquatableArray(),
            TieGroup = p.TieGroup,
            FollowsPattern = p.FollowsPattern,
        })],
        pattern);

    private IEnumerable<Problem> Problems()
    {
        if (Points.Count == 0)
        {
            yield return new Problem("layers", "there is none", "at least one");
        }

        foreach (var name in Points.GroupBy(p => p.Name).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            yield return new Problem(name, "two layers have this name", "a name each");
        }

        foreach (var problem in Points.SelectMany(Problems).Concat(Overflows()))
        {
            yield return problem;
        }

        foreach (var torn in Groups(SchedulePattern.Free).Where(g => g.Widths.IsEmpty && g.Points.Length > 1))
        {
            yield return new Problem(string.Join(", ", torn.Points.Select(i => Points[i].Name)), "are tied and have no width in common", "give them a common width, or untie them");
        }
    }

    private IEnumerable<Problem> Problems(SensitivityPoint point)
    {
        if (point.Options.Count == 0)
        {
            yield return new Problem(point.Name, "it has no width", "at least one width with its sensitivity");
        }

        foreach (var width in point.Options.GroupBy(o => o.Width).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            yield return new Problem(point.Name, $"{width} bits are there twice", "each width once");
        }

        foreach (var option in point.Options)
        {
            if (!double.IsFinite(option.Sensitivity))
            {
                yield return new Problem(point.Name, FormattableString.Invariant($"its sensitivity at {option.Width} bits is {option.Sensitivity}"), "a finite number");
            }

            if (option.Costs.Count != Measures.Count)
            {
                yield return new Problem(point.Name, $"{option.Costs.Count} costs at {option.Width} bits", $"{Measures.Count}: {string.Join(", ", Measures.Select(m => m.Name))}");
            }

            foreach (var (cost, measure) in option.Costs.Zip(Measures).Where(c => c.First < 0))
            {
                yield return new Problem(point.Name, $"its {measure.Name} at {option.Width} bits is {measure.Text(cost)}", "0 or more");
            }
        }
    }

    private IEnumerable<Problem> Overflows() =>
        from place in Enumerable.Range(0, Measures.Count)
        let most = Points.Sum(p => p.Options.Where(o => o.Costs.Count > place).Select(o => (double)o.Costs[place]).DefaultIfEmpty().Max())
        where most > MostCost
        select new Problem(Measures[place].Name, "the layers' sum is more than can be counted", Measures[place].Text(MostCost) + " or less");
}
