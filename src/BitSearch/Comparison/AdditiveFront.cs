using BitSearch.Allocation;
using BitSearch.Pareto;
using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>The exact front of a landscape whose harms add up, by the solver's curve over all sizes.</summary>
internal static class AdditiveFront
{
    /// <summary>The front within the space: pattern, ties and budgets kept, under one budget on the artifact or none.</summary>
    /// <exception cref="InvalidOperationException">The curve is not exact: too many schedules of different sizes.</exception>
    public static IEnumerable<Objectives> Of(SearchSpace space, SyntheticLandscape landscape)
    {
        var curve = ExactSolver.Curve(Table(space, landscape.Additive!), space.Pattern, 0);
        return curve.Certificate.IsExact
            ? Enumerable.Range(0, curve.Points.Count).Select(i => curve.SolutionAt(i).Schedule).Where(space.Contains)
                .Select(s => ComparisonProblem.Judge(space, s, landscape.ErrorRate(s)))
            : throw new InvalidOperationException($"the front of {space} is known up to a {curve.Certificate} alone");
    }

    private static SensitivityTable Table(SearchSpace space, HarmTable harms) =>
        SpaceTable.Of(space, "harm", (point, width) => harms[space.Network.IndexOf(point.Name), width]).Table;
}
