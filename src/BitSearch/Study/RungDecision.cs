using BitSearch.Statistics;

namespace BitSearch.Study;

/// <summary>What a <see cref="Ladder"/> decided about a trial at a rung.</summary>
/// <param name="Prune">Why the trial is not to go on; null: it climbs.</param>
/// <param name="Distrusted">The rung's agreement with the next one, when it is too low for the rung to prune anybody; null: it may prune.</param>
public sealed record RungDecision(string? Prune, KendallTau? Distrusted);
