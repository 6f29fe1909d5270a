using BitSearch.Space;
using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// Quantizes the tensor of one point at one width. Parameters of a quantizer are scales: learned, and stored beside a network's weights as <c>layer.weight_quantizer.*</c> and <c>layer.input_quantizer.*</c>.
/// </summary>
/// <param name="point">The tensor's place in the network.</param>
/// <param name="width">Its width.</param>
public abstract class Quantizer(QuantizationPoint point, Bitwidth width) : nn.Module<Tensor, Tensor>(nameof(Quantizer))
{
    /// <summary>The tensor's place in the network.</summary>
    public QuantizationPoint Point { get; } = point;

    /// <summary>The width.</summary>
    public Bitwidth Width { get; } = width;

    /// <summary>Whether weight decay acts on its parameters, too; false by default.</summary>
    public virtual bool DecaysParameters => false;

    /// <summary>
    /// Sets ranges from values, before training. Called once a batch; the ranges follow from all batches seen so far.
    /// Zero, constant and huge values give a usable range. Nothing to do where ranges are fixed or follow the values.
    /// </summary>
    /// <param name="values">float32; weights, or a batch of activations <c>[n, ...]</c>.</param>
    public virtual void Calibrate(Tensor values)
    {
    }

    /// <summary>The fake-quantized values, with straight-through gradients.</summary>
    /// <param name="values">float32; weights, or a batch of activations <c>[n, ...]</c>.</param>
    /// <returns>float32, the same shape, at most 2^b distinct values for each scale; never -0.</returns>
    public abstract override Tensor forward(Tensor values);

    /// <summary>What is stored of the values. The scales of activations do not depend on the values.</summary>
    /// <param name="values">float32, finite.</param>
    public abstract QuantizedValues Encode(Tensor values);

    /// <summary>The values of codes: <c>Decode(Encode(x))</c> is <c>forward(x)</c> bit for bit.</summary>
    /// <param name="codes">int32, any shape (weights: the point's).</param>
    /// <param name="scales">float32 [k], as <see cref="Encode"/> gave them.</param>
    /// <returns>float32, the shape of <paramref name="codes"/>.</returns>
    public abstract Tensor Decode(Tensor codes, Tensor scales);

    /// <summary>Takes over stored scales: the learned ranges of an artifact. Nothing to do where none are learned.</summary>
    /// <param name="scales">float32 [k], as <see cref="Encode"/> gave them.</param>
    public virtual void Load(Tensor scales)
    {
    }

    /// <summary>
    /// Whether values below zero become zero and get no gradient, and add nothing to that of a learned scale: what a ReLU in
    /// front would do.
    /// </summary>
    internal virtual bool ClipsBelowZero => false;

    /// <summary>The values after a ReLU, and these quantized: what a residual block needs of its input.</summary>
    /// <param name="values">float32, before the ReLU.</param>
    internal virtual (Tensor Rectified, Tensor Quantized) Fork(Tensor values)
    {
        using var scope = new TensorScope();
        var rectified = values.relu();
        return scope.Keep(rectified, call(rectified));
    }

    /// <summary>Whether its ranges came from a trained network: calibration leaves them alone.</summary>
    internal bool IsTaken { get; private set; }

    /// <summary>The quantizer of the same point at a width: this one, or null where it has another width.</summary>
    internal virtual Quantizer? At(Bitwidth width) => width == Width ? this : null;

    /// <summary>Copies the learned state of a trained quantizer of the same kind and width; null leaves this one to calibration.</summary>
    internal void TakeOver(Quantizer? trained)
    {
        if (trained is null)
        {
            return;
        }

        using var without = no_grad();
        foreach (var (name, parameter) in named_parameters())
        {
            parameter.copy_(trained.get_parameter(name)!);
        }

        IsTaken = true;
    }

    /// <summary>Does nothing: a quantizer registers its step sizes by name, with <c>register_parameter</c>.</summary>
    protected override void RegisterComponents()
    {
    }
}
