using BitSearch.Torch.Quantizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Layers;

/// <summary>
/// A layer with weights that quantizes its weights and its input. State names are PyTorch's: <c>weight</c>, <c>bias</c>;
/// step sizes stand beside them under <c>weight_quantizer</c> and <c>input_quantizer</c>.
/// </summary>
public abstract class QuantizedLayer : nn.Module<Tensor, Tensor>
{
    /// <summary>Creates the layer with zero weights.</summary>
    /// <param name="weight">Quantizes the weights; its point gives name and shape.</param>
    /// <param name="input">Quantizes the input; null for the layer that reads the image.</param>
    /// <param name="bias">Whether there is a bias, one an output channel.</param>
    protected QuantizedLayer(Quantizer weight, Quantizer? input, bool bias)
        : base(weight.Point.Layer)
    {
        (WeightQuantizer, InputQuantizer) = (weight, input);
        Weight = new Parameter(zeros([.. weight.Point.Shape]).DetachFromDisposeScope());
        register_parameter("weight", Weight);
        register_module("weight_quantizer", weight);
        if (bias)
        {
            Bias = new Parameter(zeros(weight.Point.Channels).DetachFromDisposeScope());
            register_parameter("bias", Bias);
        }

        if (input is not null)
        {
            register_module("input_quantizer", input);
        }
    }

    /// <summary>The layer's name in its network.</summary>
    public string Name => WeightQuantizer.Point.Layer;

    /// <summary>The latent weights, float32 <c>[out, in, kh, kw]</c> or <c>[out, in]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>float32 [out], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>Quantizes the weights.</summary>
    public Quantizer WeightQuantizer { get; }

    /// <summary>Quantizes the input; null in the layer that reads the image.</summary>
    public Quantizer? InputQuantizer { get; }

    /// <summary>Whether a ReLU in front of the layer would change nothing, because its input's quantizer clips at zero. Not while ranges are set from what passes.</summary>
    internal bool ClipsBelowZero => !Calibrating && InputQuantizer is { ClipsBelowZero: true };

    /// <summary>Whether quantizers set their ranges from what passes.</summary>
    internal bool Calibrating { get; set; }

    /// <summary>The layer's operation with quantized weights, on what <see cref="QuantizeInput"/> gave.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = new TensorScope();
        if (Calibrating)
        {
            Calibrate(WeightQuantizer, Weight);
        }

        return scope.Keep(Compute(input, WeightQuantizer.call(Weight)));
    }

    /// <summary>The input as the layer reads it.</summary>
    /// <param name="input">After the nonlinearity, or before it where <see cref="ClipsBelowZero"/>.</param>
    internal Tensor QuantizeInput(Tensor input)
    {
        if (Calibrating)
        {
            Calibrate(InputQuantizer, input);
        }

        return InputQuantizer?.call(input) ?? input.alias();
    }

    /// <summary>Does nothing: components are registered by name, not by the fields that hold them.</summary>
    protected override void RegisterComponents()
    {
    }

    private static void Calibrate(Quantizer? quantizer, Tensor values)
    {
        if (quantizer is { IsTaken: false })
        {
            quantizer.Calibrate(values);
        }
    }

    /// <summary>The layer's operation on quantized tensors.</summary>
    protected abstract Tensor Compute(Tensor input, Tensor weight);
}
