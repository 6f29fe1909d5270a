using System.Collections.Concurrent;
using BitSearch.Pareto;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Comparison;

/// <summary>
/// Synthetic problems of one kind on a network. All layers are searched among 2, 3, 4 and 6 bits, activations are left out,
/// and the artifact is limited to what the planted schedule takes, or else four bits everywhere.
/// </summary>
/// <param name="name">The problem's name.</param>
/// <param name="family">The kind.</param>
/// <param name="network">The network, with its quantizers' scales.</param>
/// <param name="noise">The standard deviation of what is observed of an error rate.</param>
public sealed class SyntheticSource(string name, LandscapeFamily family, NetworkDescription network, double noise) : IProblemSource
{
    // Landscapes differ, schedules and sizes do not: listed once for all seeds where the front takes all schedules.
    private readonly ConcurrentDictionary<SearchSpace, Lazy<SizedSchedules>> _listed = new();

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ComparisonProblem Draw(SchedulePattern pattern, Seed seed, IReadOnlyCollection<string> needs)
    {
        var open = Space(SchedulePattern.Free, []);
        var landscape = family.Draw(open, seed.Stream("landscape"));
        var limit = open.Footprint(landscape.Planted ?? open.Homogeneous(new Bitwidth(4))!, BudgetMeasure.Artifact);
        var free = Listed(open with { Budgets = [new Budget(limit, BudgetMeasure.Artifact)] });
        var front = new KnownFront(Front(free, landscape));
        var own = pattern == SchedulePattern.Free ? free : Listed(Space(pattern, free.Space.Budgets));
        return new ComparisonProblem(own.Space, landscape)
        {
            Measured = OneLayerMeasurement.Of(own.Space, landscape, needs),
            Front = front,
            Reachable = own == free ? front.Hypervolume : front.Share(Front(own, landscape)),
            Noise = noise,
            NoiseSeed = new Seed(seed.Derive("noise")),
        };
    }

    private static IEnumerable<Objectives> Front(SizedSchedules listed, SyntheticLandscape landscape) => landscape.Additive is not null
        ? AdditiveFront.Of(listed.Space, landscape)
        : listed.All.Select(s => new Objectives(s.Bytes, landscape.ErrorRate(s.Schedule)));

    private SizedSchedules Listed(SearchSpace space) => _listed.GetOrAdd(space, s => new Lazy<SizedSchedules>(() => new SizedSchedules(s))).Value;

    private SearchSpace Space(SchedulePattern pattern, EquatableArray<Budget> budgets)
    {
        var weights = network with { Points = network.WeightPoints.ToEquatableArray() };
        var ties = family.Groups is not { } groups ? [] : weights.Points
            .Select((p, i) => (p.Layer, Group: i * groups / weights.Points.Count)).GroupBy(l => l.Group, l => l.Layer)
            .Select(g => g.ToEquatableArray()).ToEquatableArray();
        EquatableArray<Bitwidth> widths = [new(2), new(3), new(4), new(6)];
        return SearchSpace.Of(weights, new SpaceRules(widths) { Ties = ties }, pattern, budgets);
    }

    private sealed class SizedSchedules(SearchSpace space)
    {
        private readonly Lazy<IReadOnlyList<(Schedule Schedule, double Bytes)>> _all =
            new(() => [.. space.Enumerate().Select(s => (s, (double)space.Footprint(s, BudgetMeasure.Artifact).Bytes))]);

        public SearchSpace Space => space;

        public IReadOnlyList<(Schedule Schedule, double Bytes)> All => _all.Value;
    }
}
