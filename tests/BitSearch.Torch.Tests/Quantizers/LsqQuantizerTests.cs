using BitSearch.Space;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Quantizers;

public sealed class LsqQuantizerTests
{
    private static readonly QuantizationPoint Weights = new("l.weight", "l", 1, PointKind.Weight, [2, 4], 1);
    private static readonly QuantizationPoint Activations = new("l.input", "l", 1, PointKind.Activation, [4], 1);

    [Theory]
    [InlineData(2, -2, 1)]
    [InlineData(3, -4, 3)]
    [InlineData(8, -128, 127)]
    public void Weights_take_the_signed_grid(int bits, float lowest, float highest)
    {
        using var scope = NewDisposeScope();
        var lsq = Make(Weights, bits, 1f);
        TensorAssert.Close(tensor(new[] { lowest, 0f, highest }), lsq.forward(tensor(new[] { -1e9f, 0.4f, 1e9f })), 0, 0);
    }

    [Fact]
    public void Halves_round_to_even() =>
        Check(Weights, 4, 1f, [0.5f, 1.5f, -0.5f, -1.5f], [0, 2, 0, -2]);

    [Fact]
    public void Activations_take_the_unsigned_grid() => Check(Activations, 2, 0.5f, [-1, 0.3f, 1.2f, 9], [0, 0.5f, 1, 1.5f]);

    [Fact]
    public void Activations_of_one_bit_are_zero_or_the_step() => Check(Activations, 1, 0.5f, [-1, 0.2f, 0.3f, 9], [0, 0, 0.5f, 0.5f]);

    [Theory]
    [InlineData(1f)]
    [InlineData(-1f)]
    public void Gradients_are_those_of_the_paper(float sign)
    {
        using var scope = NewDisposeScope();
        const float s = 0.3f;
        float[] v = [-0.95f, -0.61f, -0.6f, -0.2f, 0.1f, 0.3f, 0.31f, 2f];
        float[] g = [1, 2, 3, 4, 5, 6, 7, 8];
        var lsq = Make(Weights, 2, s * sign);
        var x = tensor(v).reshape(2, 4).requires_grad_(true);
        lsq.forward(x).mul(tensor(g).reshape(2, 4)).sum().backward();

        var (qn, qp) = (2, 1);
        var inside = v.Select(a => a / s >= -qn && a / s <= qp).ToArray();
        TensorAssert.Close(tensor(g.Select((a, i) => inside[i] ? a : 0).ToArray()).reshape(2, 4), x.grad!);
        var ds = v.Select((a, i) => g[i] * (inside[i] ? MathF.Round(a / s) - (a / s) : a < 0 ? -qn : qp)).Sum() / MathF.Sqrt(8 * qp);
        TensorAssert.Close(tensor([ds * sign]), lsq.parameters().Single().grad!);
    }

    [Fact]
    public void The_mask_lies_on_the_ratio_and_not_on_the_rounded_value()
    {
        using var scope = NewDisposeScope();
        var lsq = Make(Weights, 2, 1f);
        var x = tensor(new[] { 1.2f, -2.4f }).requires_grad_(true);
        lsq.forward(x).sum().backward();
        TensorAssert.Close(zeros(2), x.grad!, 0, 0);
    }

    [Fact]
    public void Each_channel_learns_its_own_step()
    {
        using var scope = NewDisposeScope();
        using var lsq = new LsqQuantizer(Weights, new Bitwidth(4), 2);
        var x = tensor(new[] { 1f, 1, 1, 1, 10, 10, 10, 10 }).reshape(2, 4);
        lsq.Calibrate(x);
        var expected = 2 / MathF.Sqrt(7);
        TensorAssert.Close(tensor([expected, 10 * expected]), lsq.Encode(x).Scales);
        var v = tensor(new[] { 100f, 0, 0, 0, 100, 0, 0, 0 }).reshape(2, 4);
        lsq.forward(v).sum().backward();
        TensorAssert.Close(full([2], 7 / Math.Sqrt(4 * 7), float32), lsq.parameters().Single().grad!);
    }

    [Fact]
    public void Calibration_takes_all_batches_together()
    {
        using var scope = NewDisposeScope();
        using var lsq = new LsqQuantizer(Activations, new Bitwidth(2), 1);
        lsq.Calibrate(full([1, 4], 1, float32));
        lsq.Calibrate(full([3, 4], 2, float32));
        TensorAssert.Close(tensor([2 * 1.75f / MathF.Sqrt(3)]), lsq.Encode(zeros(4)).Scales);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-0.25f)]
    public void No_step_makes_the_values_or_the_stored_scale_unusable(float step)
    {
        using var scope = NewDisposeScope();
        var lsq = Make(Weights, 4, step);
        var scale = lsq.Encode(zeros(8)).Scales.item<float>();
        Assert.True(scale > 0 && float.IsFinite(scale));
        Assert.True(lsq.forward(tensor(new[] { -1f, 0, 3e38f })).isfinite().all().item<bool>());
    }

    private static LsqQuantizer Make(QuantizationPoint point, int bits, float step)
    {
        var lsq = new LsqQuantizer(point, new Bitwidth(bits), 1);
        lsq.Load(tensor([step]));
        return lsq;
    }

    private static void Check(QuantizationPoint point, int bits, float step, float[] values, float[] expected)
    {
        using var scope = NewDisposeScope();
        TensorAssert.Close(tensor(expected), Make(point, bits, step).forward(tensor(values)), 1e-6, 0);
    }
}
