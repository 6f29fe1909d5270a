using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>The mean squared change of the logits with one point quantized.</summary>
[Component("output-mse")]
public sealed class OutputMse : OutputMeasure
{
    /// <inheritdoc/>
    public override string Meaning => "mean squared change of the logits with the point alone quantized";

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor reference, Tensor outputs) => OutputGap.SquaredError(reference, outputs);
}
