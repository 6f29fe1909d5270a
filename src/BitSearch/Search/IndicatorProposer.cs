namespace BitSearch.Search;

/// <summary>Allocates by the step sizes that quantizers learn at each width, taken as importance (LIMPQ, Tang et al. 2022).</summary>
[Component("indicator")]
public sealed class IndicatorProposer : AllocationProposer
{
    /// <inheritdoc/>
    protected override string Measure => "lsq-step";
}
