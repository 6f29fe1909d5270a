using BitSearch.Space;
using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// Binary weights with a scale (Rastegari et al. 2016, BWN): alpha sign(w), alpha the mean of |w| over an output channel,
/// sign(0) = +1. Weights at 1 bit; everything else at full precision.
/// </summary>
[Component("scaled-sign")]
public sealed class ScaledSignFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public override int MaximumWeightBits => 1;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 0;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => ScaleRule.None with { OneBitWeight = ScaleGranularity.PerChannel };

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) => new ScaledSignQuantizer(point);
}

/// <summary>alpha sign(w). The gradient reaches the weights unchanged (Zhou et al. 2016); alpha follows the weights.</summary>
internal sealed class ScaledSignQuantizer(QuantizationPoint point) : Quantizer(point, new Bitwidth(1))
{
    public override void Calibrate(Tensor values)
    {
    }

    public override Tensor forward(Tensor values)
    {
        using var scope = new TensorScope();
        return scope.Keep(StraightThrough(Value(values.detach().ge(Numbers.Of(0)), Alpha(values)), () => values));
    }

    public override QuantizedValues Encode(Tensor values)
    {
        using var scope = new TensorScope();
        var latent = values.detach();
        return new QuantizedValues(scope.Keep(latent.ge(Numbers.Of(0)).to(int32)), scope.Keep(Alpha(latent)));
    }

    public override Tensor Decode(Tensor codes, Tensor scales)
    {
        using var scope = new TensorScope();
        return scope.Keep(Value(codes.to(@bool), scales).Plus(0));
    }

    // Summed in double: exact to the last bit of a float32, and huge weights do not overflow.
    private static Tensor Alpha(Tensor values) =>
        values.detach().reshape(values.shape[0], -1).abs().mean([1], type: float64).to(float32);

    private static Tensor Value(Tensor positive, Tensor alpha)
    {
        var broadcast = alpha.reshape([-1, .. Enumerable.Repeat(1L, (int)positive.dim() - 1)]);
        return where(positive, broadcast, broadcast.neg());
    }
}
