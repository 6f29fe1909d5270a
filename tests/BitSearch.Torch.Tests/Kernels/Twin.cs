using BitSearch.Space;
using BitSearch.Torch.Kernels;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Kernels;

/// <summary>A quantizer composed of tensor operations, straight from its paper: the oracle of its kernel.</summary>
/// <param name="Value">The fake-quantized values.</param>
/// <param name="Surrogate">A function whose derivative, by autograd, is the quantizer's.</param>
internal sealed record Twin(Func<Tensor, Tensor> Value, Func<Tensor, Tensor> Surrogate)
{
    private static readonly double[] HwgqActivationSteps = [0.799, 0.538, 0.3217, 0.185];
    private static readonly double[] HwgqWeightSteps = [1.596, 0.996, 0.586, 0.336];

    /// <summary>The twin of a family's quantizer.</summary>
    /// <param name="name">The family.</param>
    /// <param name="kind">Weights or activations.</param>
    /// <param name="bits">The width.</param>
    /// <param name="perChannel">Whether each output channel has a scale, where the family offers it.</param>
    /// <param name="learned">The learned clipping value, [1].</param>
    public static Twin Of(string name, PointKind kind, int bits, bool perChannel, Tensor learned) => (name, kind, bits) switch
    {
        ("scaled-sign" or "xnor" or "bi-real", PointKind.Weight, _) => new(w => ScaledSign(w, true), Same),
        ("dorefa" or "pact", PointKind.Weight, 1) => new(w => ScaledSign(w, false), Same),
        ("dorefa" or "pact", PointKind.Weight, _) => new(w => DoReFa(w, bits), w => w.tanh().div(LargestTanh(w))),
        ("bnn", PointKind.Weight, _) or ("seed", PointKind.Weight, 1) => new(Sign, Same),
        ("seed", PointKind.Weight, _) => new(w => SeedWeights(w, bits), Same),
        ("ternary", PointKind.Weight, _) => new(w => Ternary(w, perChannel), Same),
        ("hwgq", PointKind.Weight, _) => new(w => HwgqWeights(w, bits, perChannel), Same),
        ("dorefa", _, _) => new(x => Uniform(x.clamp(0, 1), bits, y => y.round()), x => x.clamp(0, 1)),
        ("pact", _, _) => new(x => Pact(x, learned.detach().abs(), bits), x => PactClip(x, learned.abs())),
        ("hwgq", _, _) => new(x => HwgqActivations(x, bits), x => Inside(x, x.gt(0).logical_and(x.le(HwgqLargest(bits))))),
        ("bnn", _, _) or ("seed", _, 1) => new(Sign, x => x.clamp(-1, 1)),
        ("xnor", _, _) => new(Sign, x => Inside(x, x.abs().lt(1))),
        ("bi-real", _, _) => new(Sign, Polynomial),
        ("seed", _, _) => new(x => Uniform(x.clamp(0, 1), bits, y => y.ceil()), x => Inside(x, x.gt(0).logical_and(x.le(1)))),
        _ => throw new ArgumentException($"no twin of {name}", nameof(name)),
    };

    private static Tensor Same(Tensor w) => w.alias();

    private static Tensor Inside(Tensor x, Tensor mask) => where(mask, x, tensor(0f));

    private static Tensor Sign(Tensor x) => where(x.ge(0), tensor(1f), tensor(-1f));

    private static Tensor ScaledSign(Tensor w, bool perChannel) => Sign(w).mul(Broadcast(Rows(w, perChannel).abs().mean([1]), w));

    private static Tensor Ternary(Tensor w, bool perChannel)
    {
        var rows = Rows(w, perChannel).abs();
        var mean = rows.mean([1]);
        var delta = mean.mul(0.7).to(float32);
        var above = rows.gt(delta.unsqueeze(1)).to(float64);
        var count = above.sum(1);
        var alpha = where(count.gt(0), rows.mul(above).sum(1).div(count), mean.mul(0));
        return w.sign().mul(w.abs().gt(Broadcast(delta, w)).to(float32)).mul(Broadcast(alpha, w));
    }

    private static Tensor HwgqWeights(Tensor w, int bits, bool perChannel)
    {
        var half = 1 << (bits - 1);
        var step = Rows(w, perChannel).square().mean([1]).sqrt().mul(HwgqWeightSteps[bits - 1]).clamp(ScaleLimits.Smallest, ScaleLimits.Largest);
        var s = Broadcast(step, w);
        return w.div(s).floor().clamp(-half, half - 1).add(0.5).mul(s);
    }

    private static Tensor HwgqActivations(Tensor x, int bits)
    {
        var step = HwgqActivationSteps[bits - 1];
        return where(x.le(0), tensor(0f), x.div(step).sub(0.5).ceil().clamp(1, (1 << bits) - 1)).mul(step);
    }

    private static Tensor HwgqLargest(int bits) => tensor((float)HwgqActivationSteps[bits - 1]).mul((1 << bits) - 1);

    private static Tensor SeedWeights(Tensor w, int bits)
    {
        var n = (1 << (bits - 1)) - 1;
        return w.clamp(-1, 1).mul(n).round().div(n);
    }

    private static Tensor Uniform(Tensor y, int bits, Func<Tensor, Tensor> round) => round(y.mul((1 << bits) - 1)).div((1 << bits) - 1);

    // The tanh is the kernel's, so that ties fall alike; TanhTests holds it to the true one.
    private static Tensor DoReFa(Tensor w, int bits)
    {
        var t = TanhTests.Of(w);
        return Uniform(t.div(Used(t.abs().max()).mul(2)).add(0.5), bits, y => y.round()).mul(2).sub(1);
    }

    private static Tensor LargestTanh(Tensor w) => Used(w.detach().tanh().abs().max());

    private static Tensor Used(Tensor largest) => where(largest.lt(ScaleLimits.Smallest), tensor(1f), largest);

    private static Tensor Pact(Tensor x, Tensor alpha, int bits)
    {
        var n = tensor((1 << bits) - 1f);
        return PactClip(x, alpha).mul(n.div(alpha)).round().mul(alpha.div(n));
    }

    private static Tensor PactClip(Tensor x, Tensor alpha) => where(x.ge(alpha), alpha, x.clamp(0));

    // Bi-Real Net, eq. 6: -1, 2x + x^2, 2x - x^2, 1.
    private static Tensor Polynomial(Tensor x)
    {
        var y = x.clamp(-1, 1);
        return y.mul(2).sub(y.mul(y.abs()));
    }

    private static Tensor Rows(Tensor w, bool perChannel) => w.detach().reshape(perChannel ? w.shape[0] : 1, -1).to(float64);

    private static Tensor Broadcast(Tensor rows, Tensor w) =>
        rows.to(float32).reshape([-1, .. Enumerable.Repeat(1L, (int)w.dim() - 1)]);
}
