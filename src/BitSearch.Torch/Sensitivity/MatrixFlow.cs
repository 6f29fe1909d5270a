using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// Computes a float network in evaluation mode with convolutions as matrix products, whose second derivatives are such again.
/// For second derivatives: oneDNN, which libtorch convolves with, gives NaN there on some processors, since they bring layouts
/// that <see cref="Layout"/> keeps networks from.
/// </summary>
internal sealed class MatrixFlow : Flow<Tensor>
{
    private readonly NetworkSpec _spec;
    private readonly Nonlinearity _nonlinearity;
    private readonly Dictionary<string, Tensor> _state;

    /// <summary>Copies the weights. All tensors join the caller's scope.</summary>
    /// <param name="network">At full precision.</param>
    /// <param name="type">What is computed in: float32, or float64 for comparison.</param>
    public MatrixFlow(Network network, ScalarType type = ScalarType.Float32)
    {
        (_spec, _nonlinearity) = (network.Spec, network.Quantizers.Nonlinearity);
        _state = network.state_dict().ToDictionary(s => s.Key, s => s.Value.detach().to(type, copy: true).contiguous());
        Weights = [.. network.Layers.Select(l => _state[l.Name + ".weight"].requires_grad_())];
    }

    /// <summary>The layers' weights in execution order; they want gradients.</summary>
    public IReadOnlyList<Tensor> Weights { get; }

    public override int Classes => _spec.Classes;

    public override int Scaled(int channels) => _spec.Scaled(channels);

    public override IReadOnlyList<long> Shape(Tensor x) => x.shape[1..];

    public override Tensor Conv(string layer, Tensor x, int channels, int kernel, int stride = 1, int padding = 0, bool bias = false, bool spares = false)
    {
        var (n, weight) = (x.shape[0], _state[layer + ".weight"].flatten(1));
        var columns = nn.functional.unfold(x, (kernel, kernel), padding: (padding, padding), stride: (stride, stride));
        var sums = weight.unsqueeze(0).expand(n, weight.shape[0], weight.shape[1]).bmm(columns);
        var rows = ((x.shape[2] + (2 * padding) - kernel) / stride) + 1;
        var result = sums.reshape(n, weight.shape[0], rows, -1);
        return bias ? result.Plus(_state[layer + ".bias"].reshape(1, -1, 1, 1)) : result;
    }

    public override Tensor Linear(string layer, Tensor x, int features, bool bias = true) =>
        nn.functional.linear(x, _state[layer + ".weight"], _state.GetValueOrDefault(layer + ".bias")!);

    public override Tensor Norm(string name, Tensor x) => nn.functional.batch_norm(
        x, _state[name + ".running_mean"], _state[name + ".running_var"], _state[name + ".weight"], _state[name + ".bias"], training: false, momentum: 0, eps: Layers.Norm.Epsilon);

    public override Tensor Activate(Tensor x) => _nonlinearity == Nonlinearity.Relu ? x.relu() : x.Clip(-1, 1);

    public override Tensor MaxPool(Tensor x) => nn.functional.max_pool2d(x, 2);

    public override Tensor AveragePool(Tensor x) => x.mean([2, 3]);

    public override Tensor Flatten(Tensor x) => x.flatten(1);

    public override Tensor Add(Tensor a, Tensor b) => a.Plus(b);

    public override Tensor Shrink(Tensor x, int channels, int stride)
    {
        var missing = channels - x.shape[1];
        return nn.functional.pad(
            x.slice(2, 0, x.shape[2], stride).slice(3, 0, x.shape[3], stride), [0L, 0, 0, 0, missing / 2, missing - (missing / 2)]);
    }
}
