using BitSearch.Torch.Layers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>Watches what layers read and give, until disposal.</summary>
internal sealed class LayerHooks : IDisposable
{
    private readonly List<Action> _remove = [];

    /// <summary>Watches what layers read. Input quantizers come before that, so at full precision it is their point's value.</summary>
    /// <param name="layers">Which layers.</param>
    /// <param name="seen">Gets a layer and its input, and may return another tensor for it to read; null: none.</param>
    public static LayerHooks Inputs(IEnumerable<QuantizedLayer> layers, Func<QuantizedLayer, Tensor, Tensor?> seen)
    {
        var hooks = new LayerHooks();
        hooks._remove.AddRange(layers.Select<QuantizedLayer, Action>(
            layer => layer.register_forward_pre_hook((_, input) => seen(layer, input) ?? input).remove));
        return hooks;
    }

    /// <summary>Watches what layers give, before norm and nonlinearity.</summary>
    /// <param name="layers">Which layers.</param>
    /// <param name="seen">Gets a layer and its output, and may return another tensor in its place; null: none.</param>
    public static LayerHooks Outputs(IEnumerable<QuantizedLayer> layers, Func<QuantizedLayer, Tensor, Tensor?> seen)
    {
        var hooks = new LayerHooks();
        hooks._remove.AddRange(layers.Select<QuantizedLayer, Action>(
            layer => layer.register_forward_hook((_, _, output) => seen(layer, output) ?? output).remove));
        return hooks;
    }

    /// <inheritdoc/>
    public void Dispose() => _remove.ForEach(remove => remove());
}
