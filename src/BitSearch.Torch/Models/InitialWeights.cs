using BitSearch.Torch.Layers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <summary>
/// Random weights to begin with: normal with variance 2/fan-in (He et al. 2015). Quantized latent weights that are clamped to -1..1
/// are uniform there at every width, as in the binary networks of Courbariaux et al. (2016), because their grid is fixed: smaller
/// ones would all begin as zero at 2 bits. A last layer without a norm then begins with logits as large as a 1-bit layer's.
/// </summary>
internal static class InitialWeights
{
    /// <summary>Fills the layers, in order.</summary>
    /// <param name="layers">Every layer of a network.</param>
    /// <param name="clamped">Whether their family clamps latent weights.</param>
    /// <param name="seed">Decides the weights, alone.</param>
    public static void Draw(IEnumerable<QuantizedLayer> layers, bool clamped, ulong seed)
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        using var generator = new Generator(seed);
        foreach (var layer in layers)
        {
            var fanIn = layer.Weight.numel() / layer.Weight.shape[0];
            _ = clamped && !layer.WeightQuantizer.Width.IsFull
                ? layer.Weight.uniform_(-1, 1, generator)
                : layer.Weight.normal_(0, Math.Sqrt(2.0 / fanIn), generator);
        }
    }
}
