using BitSearch.Torch.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Models;

/// <summary>Computes a network in double precision, by plain operations on copies of its parameters: an oracle.</summary>
internal sealed class DoubleFlow : Flow<Tensor>
{
    private readonly Network _network;

    public DoubleFlow(Network network)
    {
        _network = network;
        Parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach().to(float64).contiguous().requires_grad_());
    }

    /// <summary>The copies, which receive gradients.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters { get; }

    public override int Classes => _network.Spec.Classes;

    public override int Scaled(int channels) => _network.Spec.Scaled(channels);

    public override IReadOnlyList<long> Shape(Tensor x) => x.shape[1..];

    public override Tensor Conv(string layer, Tensor x, int channels, int kernel, int stride = 1, int padding = 0, bool bias = false, bool spares = false) =>
        nn.functional.conv2d(x, Parameters[layer + ".weight"], Parameters.GetValueOrDefault(layer + ".bias")!, [stride, stride], [padding, padding]);

    public override Tensor Linear(string layer, Tensor x, int features, bool bias = true) =>
        nn.functional.linear(x, Parameters[layer + ".weight"], Parameters.GetValueOrDefault(layer + ".bias")!);

    public override Tensor Norm(string name, Tensor x) =>
        nn.functional.batch_norm(x, null!, null!, Parameters[name + ".weight"], Parameters[name + ".bias"], training: true, momentum: 0, eps: 1e-5);

    public override Tensor Activate(Tensor x) => x.relu();

    public override Tensor MaxPool(Tensor x) => nn.functional.max_pool2d(x, 2);

    public override Tensor AveragePool(Tensor x) => x.mean([2, 3]);

    public override Tensor Flatten(Tensor x) => x.flatten(1);

    public override Tensor Add(Tensor a, Tensor b) => a.add(b);

    public override Tensor Shrink(Tensor x, int channels, int stride)
    {
        var missing = channels - x.shape[1];
        return nn.functional.pad(
            x.slice(2, 0, x.shape[2], stride).slice(3, 0, x.shape[3], stride), [0L, 0, 0, 0, missing / 2, missing - (missing / 2)]);
    }
}
