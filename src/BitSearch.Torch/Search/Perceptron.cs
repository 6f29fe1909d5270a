using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Search;

/// <summary>
/// A fully connected network with two hidden layers of rectified units and one output. All its numbers are one vector, so
/// that an optimizer's step and a target's are a few operations whatever the layers.
/// </summary>
internal sealed class Perceptron : IDisposable
{
    private readonly (int Outputs, int Inputs)[] _layers;

    /// <summary>Creates the network; weights and biases are uniform within one over the root of a layer's inputs.</summary>
    /// <param name="inputs">Features.</param>
    /// <param name="hidden">Neurons of each hidden layer.</param>
    /// <param name="random">Where they come from.</param>
    public Perceptron(int inputs, int hidden, Random random)
    {
        _layers = [(hidden, inputs), (hidden, hidden), (1, hidden)];
        float[] values = [.. _layers.SelectMany(l => Enumerable.Range(0, l.Outputs * (l.Inputs + 1)).Select(_ => (float)(((2 * random.NextDouble()) - 1) / Math.Sqrt(l.Inputs))))];
        Values = new Parameter(tensor(values).DetachFromDisposeScope());
    }

    private Perceptron((int, int)[] layers, Tensor values) => (_layers, Values) = (layers, new Parameter(values));

    /// <summary>All weights and biases, <c>[n]</c>: for each layer the weights, then the biases.</summary>
    public Parameter Values { get; }

    /// <summary>Another network of the same numbers.</summary>
    public Perceptron Copy()
    {
        using var without = no_grad();
        return new Perceptron(_layers, Values.detach().clone().DetachFromDisposeScope());
    }

    /// <summary>The outputs <c>[n, 1]</c> for inputs <c>[n, features]</c>.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="frozen">Whether the network's own numbers get no gradient.</param>
    public Tensor Of(Tensor x, bool frozen = false)
    {
        var values = frozen ? Values.detach() : Values;
        var place = 0L;
        for (var i = 0; i < _layers.Length; i++)
        {
            var (outputs, inputs) = _layers[i];
            var weights = values.narrow(0, place, outputs * inputs).view(outputs, inputs);
            x = nn.functional.linear(x, weights, values.narrow(0, place + (outputs * inputs), outputs));
            x = i < _layers.Length - 1 ? x.relu() : x;
            place += outputs * (inputs + 1);
        }

        return x;
    }

    /// <summary>Goes a part of the way to another network's numbers.</summary>
    /// <param name="other">The other.</param>
    /// <param name="part">0 to 1.</param>
    public void Follow(Perceptron other, double part)
    {
        using var without = no_grad();
        Values.mul_(Numbers.Of(1 - part)).add_(other.Values, Numbers.Of(part));
    }

    /// <summary>Frees the numbers.</summary>
    public void Dispose() => Values.Dispose();
}
