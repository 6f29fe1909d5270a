using BitSearch.Torch.Layers;
using BitSearch.Torch.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// Gradients of single images, a batch at once: where each image's loss depends on that image alone, one backward pass gives
/// every image's gradient of what layers read and give, and a layer's weight gradient is the product of the two.
/// </summary>
internal static class ImageGradients
{
    private const int AtOnce = 8; // Images whose columns are laid out at once: a column holds a pixel's whole neighbourhood.

    /// <summary>The squared norm of each image's gradient of its cross-entropy, by weights and by activations.</summary>
    /// <param name="network">At full precision, in evaluation mode.</param>
    /// <param name="images">float32 <c>[n, c, h, w]</c>.</param>
    /// <param name="labels">int64 <c>[n]</c>.</param>
    /// <returns>n numbers for each point, by its name.</returns>
    public static IReadOnlyList<(string Point, double[] Norms)> SquaredNorms(Network network, Tensor images, Tensor labels)
    {
        using var scope = new TensorScope();
        var (read, given) = (new List<Tensor>(), new List<Tensor>());
        using var inputs = LayerHooks.Inputs(network.Layers, (_, input) => Node(read, input));
        using var outputs = LayerHooks.Outputs(network.Layers, (_, output) => Node(given, output));
        using var turn = network.Turn(images, backward: true);
        var loss = nn.functional.cross_entropy(network.forward(images), labels, reduction: nn.Reduction.Sum);
        var activations = Enumerable.Range(0, read.Count).Where(l => network.Layers[l].InputQuantizer is not null).ToList();
        var gradients = autograd.grad([loss], [.. given, .. activations.Select(l => read[l])]);
        turn.Done();
        using var without = no_grad();
        List<(string, double[])> norms =
        [
            .. network.Layers.Select((layer, l) => (layer.WeightQuantizer.Point.Name, OfWeights(layer, read[l], gradients[l]))),
            .. activations.Select((l, i) => (network.Layers[l].InputQuantizer!.Point.Name, OfImages(gradients[given.Count + i]))),
        ];
        read.Concat(given).ToList().ForEach(t => t.Dispose());
        return norms;
    }

    // A node of its own in the graph, which outlives the network's pass.
    private static Tensor Node(List<Tensor> nodes, Tensor value)
    {
        nodes.Add(value.alias().DetachFromDisposeScope());
        return nodes[^1].alias();
    }

    private static double[] OfImages(Tensor gradient)
    {
        using var scope = new TensorScope();
        return gradient.flatten(1).to(float64).Squared().sum([1]).data<double>().ToArray();
    }

    private static double[] OfWeights(QuantizedLayer layer, Tensor input, Tensor gradient)
    {
        if (layer is not QuantizedConv2d convolution)
        {
            // The gradient is the outer product of the two.
            return [.. OfImages(input).Zip(OfImages(gradient), (x, g) => x * g)];
        }

        var norms = new List<double>();
        for (var start = 0L; start < input.shape[0]; start += AtOnce)
        {
            using var scope = new TensorScope();
            var count = Math.Min(AtOnce, input.shape[0] - start);
            var columns = nn.functional.unfold(
                input.narrow(0, start, count), (layer.Weight.shape[2], layer.Weight.shape[3]),
                padding: (convolution.Padding, convolution.Padding), stride: (convolution.Stride, convolution.Stride));
            norms.AddRange(OfImages(gradient.narrow(0, start, count).flatten(2).bmm(columns.transpose(1, 2))));
        }

        return [.. norms];
    }
}
