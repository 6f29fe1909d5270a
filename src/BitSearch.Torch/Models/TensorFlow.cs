using BitSearch.Torch.Layers;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <summary>
/// A batch on its way through a network. A ReLU is put off until somebody needs it: a quantizer of values from zero up clips
/// what is below by itself, with the same result and the same gradient (but at exactly zero, where a ReLU stops the gradient),
/// so in front of such a one there is none.
/// </summary>
internal sealed class Activation(Tensor value, bool isRectified = true)
{
    private Tensor? _rectified = isRectified ? value : null;

    /// <summary>The values with the ReLU done.</summary>
    public Tensor Rectified => _rectified ??= value.relu();

    /// <summary>The values as they are, before a ReLU that was put off.</summary>
    public Tensor Raw => value;

    /// <summary>What a layer's input quantizer makes of it, while the ReLU is done too; for a value that is needed both ways.</summary>
    /// <param name="quantizer">Clips at zero.</param>
    public Tensor Fork(Quantizer quantizer)
    {
        if (_rectified is not null)
        {
            return quantizer.call(_rectified);
        }

        (_rectified, var quantized) = quantizer.Fork(value);
        return quantized;
    }

    /// <summary>The same after an operation that does not care whether the ReLU comes before or after it.</summary>
    public Activation Then(Func<Tensor, Tensor> operation) => new(operation(value), isRectified);

    /// <summary>Frees what nobody needs any more but the graph of the gradients.</summary>
    public void Use()
    {
        value.Dispose();
        _rectified?.Dispose();
    }
}

/// <summary>Computes a network: takes a batch through its layers. Layers know their own shapes.</summary>
internal sealed class TensorFlow(
    NetworkSpec spec,
    Nonlinearity nonlinearity,
    IReadOnlyDictionary<string, QuantizedLayer> layers,
    IReadOnlyDictionary<string, Norm> norms) : Flow<Activation>
{
    public override int Classes => spec.Classes;

    public override int Scaled(int channels) => spec.Scaled(channels);

    public override IReadOnlyList<long> Shape(Activation x) => x.Raw.shape[1..];

    public override Activation Conv(string layer, Activation x, int channels, int kernel, int stride = 1, int padding = 0, bool bias = false, bool spares = false)
    {
        var target = layers[layer];
        return Compute(target, spares && target.ClipsBelowZero ? x.Fork(target.InputQuantizer!) : Input(target, x));
    }

    public override Activation Linear(string layer, Activation x, int features, bool bias = true) => Compute(layers[layer], Input(layers[layer], x));

    public override Activation Norm(string name, Activation x) => Use(x, norms[name].call(x.Rectified));

    public override Activation Activate(Activation x) =>
        nonlinearity == Nonlinearity.Relu ? new Activation(x.Rectified, isRectified: false) : Use(x, x.Rectified.Clip(-1, 1));

    public override Activation MaxPool(Activation x) => Used(x, x.Then(t => nn.functional.max_pool2d(t, 2)));

    public override Activation AveragePool(Activation x) => Use(x, x.Rectified.mean([2, 3]));

    public override Activation Flatten(Activation x) => Used(x, x.Then(t => t.flatten(1)));

    public override Activation Add(Activation a, Activation b)
    {
        var sum = a.Rectified.Plus(b.Rectified);
        a.Use();
        b.Use();
        return new Activation(sum);
    }

    public override Activation Shrink(Activation x, int channels, int stride)
    {
        using var scope = new TensorScope();
        var whole = x.Rectified;
        var missing = channels - whole.shape[1];
        var kept = whole.slice(2, 0, whole.shape[2], stride).slice(3, 0, whole.shape[3], stride);
        return new Activation(scope.Keep(nn.functional.pad(kept, [0L, 0, 0, 0, missing / 2, missing - (missing / 2)])));
    }

    private static Activation Compute(QuantizedLayer layer, Tensor quantized)
    {
        var result = layer.call(quantized);
        quantized.Dispose();
        return new Activation(result);
    }

    private static Tensor Input(QuantizedLayer layer, Activation x) => layer.QuantizeInput(layer.ClipsBelowZero ? x.Raw : x.Rectified);

    private static Activation Use(Activation x, Tensor result) => Used(x, new Activation(result));

    private static Activation Used(Activation x, Activation result)
    {
        x.Use();
        return result;
    }
}
