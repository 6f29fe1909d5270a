using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// Half-wave Gaussian quantization (Cai et al. 2017), 1 to 4 bits, nothing learned. Activations, taken to be the positive half
/// of a standard normal variable after BatchNorm, have the steps with the least squared error; weights the uniform grid
/// without zero whose step is best for a normal variable, times their standard deviation, one a tensor or an output channel.
/// </summary>
[Component("hwgq")]
public sealed class HwgqFamily : QuantizerFamily
{
    private static readonly float[] ActivationSteps = [0.799f, 0.538f, 0.3217f, 0.185f];

    /// <inheritdoc/>
    public override int MaximumWeightBits => 4;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 4;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel)
    {
        var weights = perChannel ? ScaleGranularity.PerChannel : ScaleGranularity.PerTensor;
        return ScaleRule.None with { OneBitWeight = weights, Weight = weights };
    }

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) => point.Kind == PointKind.Weight
        ? new HwgqWeights(point, width, perChannel ? point.Channels : 1)
        : new FixedQuantizer<HwgqActivationKernel>(point, width, new HwgqActivationKernel(ActivationSteps[width.Bits - 1], width.Bits));
}

/// <summary>
/// (floor(w/s) + 1/2) s, clipped to 2^k values, s the best step for a standard normal variable (Max 1960) times the standard
/// deviation of the weights round zero, which is where the grid lies.
/// </summary>
internal sealed class HwgqWeights(QuantizationPoint point, Bitwidth width, int parts) : FittedQuantizer<HwgqWeightKernel>(point, width, parts)
{
    private static readonly double[] Steps = [1.596, 0.996, 0.586, 0.336];

    protected override HwgqWeightKernel Fit(ReadOnlySpan<float> part) =>
        Kernel(ScaleLimits.InUse((float)(Steps[Width.Bits - 1] * Math.Sqrt(Magnitudes.SumOfSquares(part) / part.Length))));

    protected override HwgqWeightKernel Kernel(float scale) => new(scale, Width.Bits);
}
