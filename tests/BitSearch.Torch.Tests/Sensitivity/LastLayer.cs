using BitSearch.Torch.Data;
using BitSearch.Torch.Sensitivity;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Sensitivity;

/// <summary>What a network's last layer reads and gives on the measured images, in double precision, and their labels.</summary>
internal static class LastLayer
{
    public static (Tensor Read, Tensor Logits, Tensor Labels) Of(SensitivitySubject subject)
    {
        using var without = no_grad();
        using var network = subject.CreateFloat();
        using var images = subject.Images();
        Tensor? read = null;
        using var hook = LayerHooks.Inputs([network.Layers[^1]], (_, input) =>
        {
            read = input.to(float64).DetachFromDisposeScope();
            return null;
        });
        var logits = network.forward(ImageBatches.Gather(images, 0, images.Count, subject.Data.Statistics)).to(float64);
        return (read!, logits, images.Labels.clone());
    }
}
