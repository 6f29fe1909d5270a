using BitSearch.Torch.Layers;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <summary>Computes a network: takes a batch through its layers. Layers know their own shapes.</summary>
internal sealed class TensorFlow(
    NetworkSpec spec,
    Nonlinearity nonlinearity,
    IReadOnlyDictionary<string, QuantizedLayer> layers,
    IReadOnlyDictionary<string, Norm> norms) : Flow<Tensor>
{
    public override int Classes => spec.Classes;

    public override int Scaled(int channels) => spec.Scaled(channels);

    public override IReadOnlyList<long> Shape(Tensor x) => x.shape[1..];

    public override Tensor Conv(string layer, Tensor x, int channels, int kernel, int stride = 1, int padding = 0, bool bias = false) =>
        layers[layer].call(x);

    public override Tensor Linear(string layer, Tensor x, int features, bool bias = true) => layers[layer].call(x);

    public override Tensor Norm(string name, Tensor x) => Use(x, norms[name].call(x));

    public override Tensor Activate(Tensor x) =>
        Use(x, nonlinearity == Nonlinearity.Relu ? x.relu() : x.Clip(-1, 1));

    public override Tensor MaxPool(Tensor x) => Use(x, nn.functional.max_pool2d(x, 2));

    public override Tensor AveragePool(Tensor x) => Use(x, x.mean([2, 3]));

    public override Tensor Flatten(Tensor x) => Use(x, x.flatten(1));

    public override Tensor Add(Tensor a, Tensor b)
    {
        var sum = a.Plus(b);
        a.Dispose();
        b.Dispose();
        return sum;
    }

    public override Tensor Shrink(Tensor x, int channels, int stride)
    {
        using var scope = new TensorScope();
        var missing = channels - x.shape[1];
        var kept = x.slice(2, 0, x.shape[2], stride).slice(3, 0, x.shape[3], stride);
        return scope.Keep(nn.functional.pad(kept, [0L, 0, 0, 0, missing / 2, missing - (missing / 2)]));
    }

    private static Tensor Use(Tensor x, Tensor result)
    {
        x.Dispose();
        return result;
    }
}
