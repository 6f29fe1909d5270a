using BitSearch.Space;

namespace BitSearch.Comparison;

/// <summary>The harm of single layers adds up: what HAWQ, LIMPQ and the exact solver assume.</summary>
[Component("additive")]
public sealed class AdditiveFamily : LandscapeFamily
{
    /// <inheritdoc/>
    public override SyntheticLandscape Draw(SearchSpace space, Random random) =>
        new AdditiveLandscape(HarmTable.Decaying(space.Network.Points.Count, 4, 1, random), space.Smallest(BudgetMeasure.Artifact).Schedule);
}

/// <summary>A sum over points.</summary>
/// <param name="harms">The harm of each.</param>
/// <param name="narrowest">The schedule with the most harm.</param>
/// <param name="planted">The schedule whose size is the budget; null: four bits everywhere.</param>
internal sealed class AdditiveLandscape(HarmTable harms, Schedule narrowest, Schedule? planted = null) : SyntheticLandscape
{
    /// <inheritdoc/>
    public override HarmTable? Additive => harms;

    /// <inheritdoc/>
    public override Schedule? Planted => planted;

    /// <inheritdoc/>
    protected override double MostHarm { get; } = harms.Sum(narrowest);

    /// <inheritdoc/>
    protected override double Harm(Schedule schedule) => harms.Sum(schedule);
}
