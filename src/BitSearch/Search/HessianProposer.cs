namespace BitSearch.Search;

/// <summary>
/// Allocates by average Hessian trace times squared quantization error (HAWQ-V2, Dong et al. 2020), exactly under the
/// budgets (HAWQ-V3, Yao et al. 2021).
/// </summary>
[Component("hessian")]
public sealed class HessianProposer : AllocationProposer
{
    /// <inheritdoc/>
    protected override string Measure => "hessian";
}
