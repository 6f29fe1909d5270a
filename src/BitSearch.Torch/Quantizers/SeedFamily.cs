using BitSearch.Space;
using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// The quantizers of the seed paper's authors (Chu et al. 2021, an early version of their code): fixed grids in -1..1, no
/// scales (BatchNorm absorbs them), networks with Hardtanh, latent weights clamped to -1..1. sign(0) is +1.
/// </summary>
[Component("seed")]
public sealed class SeedFamily : QuantizerFamily
{
    /// <inheritdoc/>
    public override int MaximumWeightBits => 8;

    /// <inheritdoc/>
    public override int MaximumActivationBits => 8;

    /// <inheritdoc/>
    public override Nonlinearity Nonlinearity => Nonlinearity.Hardtanh;

    /// <inheritdoc/>
    public override bool ClampsLatentWeights => true;

    /// <inheritdoc/>
    public override ScaleRule Scales(bool perChannel) => ScaleRule.None;

    /// <inheritdoc/>
    protected override Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel) =>
        point.Kind == PointKind.Weight ? new SeedWeights(point, width) : new SeedActivations(point, width);
}

/// <summary>
/// k = 1: sign(w). k > 1: sign(w) round(|w| n)/n with n = 2^(k-1) - 1 and w clipped to -1..1, which are 2n + 1 = 2^k - 1
/// values, zero among them; the last code stays unused. The gradient reaches the weights unchanged.
/// </summary>
internal sealed class SeedWeights(QuantizationPoint point, Bitwidth width) : Quantizer(point, width)
{
    private readonly int _n = width.Bits == 1 ? 1 : (1 << (width.Bits - 1)) - 1;

    public override void Calibrate(Tensor values)
    {
    }

    public override Tensor forward(Tensor values)
    {
        using var scope = new TensorScope();
        return scope.Keep(StraightThrough(Levels(values.detach()).Over(_n), () => values));
    }

    public override QuantizedValues Encode(Tensor values)
    {
        using var scope = new TensorScope();
        var levels = Levels(values.detach());
        var codes = Width.Bits == 1 ? levels.AtLeast(0) : levels.Plus(_n);
        return new QuantizedValues(scope.Keep(codes.to(int32)), scope.Keep(empty(0)));
    }

    public override Tensor Decode(Tensor codes, Tensor scales)
    {
        using var scope = new TensorScope();
        var levels = codes.to(float32);
        return scope.Keep((Width.Bits == 1 ? levels.Times(2).Plus(-1) : levels.Plus(-_n)).Over(_n).Plus(0));
    }

    // Rounding half to even is symmetric, so the sign need not be taken out.
    private Tensor Levels(Tensor values) => Width.Bits == 1
        ? values.AtLeast(0).Times(2).Plus(-1)
        : values.Clip(-1, 1).Times(_n).round();
}

/// <summary>
/// k = 1: sign(x), gradient where |x| &lt;= 1. k > 1: ceil(x n)/n with n = 2^k - 1 and x clipped to 0..1, gradient where
/// 0 &lt; x &lt;= 1 (ReLU, then Hardtanh's mask).
/// </summary>
internal sealed class SeedActivations(QuantizationPoint point, Bitwidth width) : Quantizer(point, width)
{
    private readonly int _n = (1 << width.Bits) - 1;

    public override void Calibrate(Tensor values)
    {
    }

    public override Tensor forward(Tensor values)
    {
        using var scope = new TensorScope();
        var x = values.detach();
        return scope.Keep(StraightThrough(Value(Levels(x)), () => values.mul(Mask(x))));
    }

    public override QuantizedValues Encode(Tensor values)
    {
        using var scope = new TensorScope();
        return new QuantizedValues(scope.Keep(Levels(values.detach()).to(int32)), scope.Keep(empty(0)));
    }

    public override Tensor Decode(Tensor codes, Tensor scales)
    {
        using var scope = new TensorScope();
        return scope.Keep(Value(codes.to(float32)).Plus(0));
    }

    private Tensor Levels(Tensor x) => Width.Bits == 1 ? x.AtLeast(0) : x.Clip(0, 1).Times(_n).ceil();

    private Tensor Value(Tensor levels) => Width.Bits == 1 ? levels.Times(2).Plus(-1) : levels.Over(_n);

    private Tensor Mask(Tensor x) => (Width.Bits == 1 ? x.ge(Numbers.Of(-1)) : x.gt(Numbers.Of(0))).logical_and(x.le(Numbers.Of(1))).to(float32);
}
