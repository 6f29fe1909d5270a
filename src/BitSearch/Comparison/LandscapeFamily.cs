using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>
/// A kind of synthetic problem. Each seed draws another function of the kind, so that what is found holds for the kind and not
/// for one function. Marked with <c>[Component]</c> under the name that plans use.
/// </summary>
public abstract class LandscapeFamily
{
    /// <summary>Into how many groups of consecutive layers the network is tied; null: each layer has its own width.</summary>
    public virtual int? Groups => null;

    /// <summary>Draws a function.</summary>
    /// <param name="space">The free space without budgets; every point is a weight's.</param>
    /// <param name="random">Where it comes from.</param>
    public abstract SyntheticLandscape Draw(SearchSpace space, Random random);
}
