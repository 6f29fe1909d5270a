namespace BitSearch.Search;

/// <summary>
/// Allocates by how far quantizing one point alone moves the network's output distribution (Kullback-Leibler divergence from
/// the float network's, as in ZeroQ, Cai et al. 2020).
/// </summary>
[Component("sensitivity")]
public sealed class SensitivityProposer : AllocationProposer
{
    /// <inheritdoc/>
    protected override string Measure => "output-kl";
}
