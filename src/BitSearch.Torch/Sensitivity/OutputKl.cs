using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>KL(float || quantized) of the softmax with one point quantized, as ZeroQ measures it (Cai et al. 2020).</summary>
[Component("output-kl")]
public sealed class OutputKl : OutputMeasure
{
    /// <inheritdoc/>
    public override string Meaning => "KL of the outputs with the point alone quantized, nats an image";

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor reference, Tensor outputs) => OutputGap.Kl(reference, outputs);
}
