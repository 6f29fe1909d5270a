using BitSearch.Torch.Kernels;
using CsCheck;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Kernels;

public sealed class LsqFunctionTests
{
    private static readonly Gen<(long[] Shape, int Bits, bool Signed, bool PerChannel, bool ChannelsLast, ulong Seed)> Cases = Gen.Select(
        Gen.Long[1, 5].Array[1, 4], Gen.Int[1, 8], Gen.Bool, Gen.Bool, Gen.Bool, Gen.ULong);

    [Fact]
    public void Forward_and_gradients_equal_the_composed_operations() => Cases.Sample(
        c =>
        {
            using var scope = new TensorScope();
            var channelsLast = c.ChannelsLast && c.Shape.Length == 4;
            var (values, step, range) = Inputs(c.Shape, c.Signed ? Math.Max(2, c.Bits) : c.Bits, c.Signed, c.PerChannel, channelsLast, c.Seed);
            var upstream = rand_like(values).sub(0.5);
            var (expected, expectedValue, expectedStep) = Run(ComposedLsq.Quantize, values, step, upstream, range);
            var (actual, actualValue, actualStep) = Run(Quantize, values, step, upstream, range);
            TensorAssert.Close(expected, actual, 0, 0);
            TensorAssert.Close(expectedValue, actualValue, 0, 0);
            TensorAssert.Close(expectedStep, actualStep, 1e-5, 1e-6);
        },
        iter: 300,
        threads: 1);

    [Fact]
    public void Ties_infinities_and_negative_zero_are_treated_as_by_the_composed_operations()
    {
        using var scope = new TensorScope();
        float[] corners = [0f, -0f, 0.25f, -0.25f, 0.75f, 1.25f, 100, -100, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue];
        var values = tensor([.. Enumerable.Repeat(corners, 3).SelectMany(c => c)]);
        var range = new LsqRange(2, 1, 0.1f);
        var expected = ComposedLsq.Quantize(values, tensor([0.5f]), range);
        var actual = Quantize(values, tensor([0.5f]), range);
        TensorAssert.Close(expected.nan_to_num(), actual.nan_to_num(), 0, 0);
        Assert.Equal(BitConverter.SingleToInt32Bits(0f), BitConverter.SingleToInt32Bits(actual[1].item<float>()));
    }

    [Fact]
    public void NaN_stays_NaN_and_gets_no_gradient()
    {
        using var scope = new TensorScope();
        var values = full(19, float.NaN).requires_grad_();
        var quantized = Quantize(values, tensor([0.5f]).requires_grad_(), new LsqRange(2, 1, 0.1f));
        quantized.sum().backward();
        Assert.True(quantized.isnan().all().item<bool>());
        TensorAssert.Close(zeros(19), values.grad!, 0, 0);
    }

    [Fact]
    public void A_gradient_in_another_layout_reaches_the_right_elements()
    {
        using var scope = new TensorScope();
        var values = rand(2, 3, 4, 5);
        var upstream = rand(2, 4, 5, 3).permute(0, 3, 1, 2);
        var range = new LsqRange(0, 15, 1f);
        var step = tensor([0.05f]);
        var (_, expected, _) = Run(ComposedLsq.Quantize, values, step, upstream, range);
        var (_, actual, _) = Run(Quantize, values, step, upstream, range);
        TensorAssert.Close(expected, actual, 0, 0);
    }

    [Fact]
    public void No_tensor_is_left_behind() => LeakAssert.None(() =>
    {
        using var scope = new TensorScope();
        var (values, step, range) = Inputs([4, 3, 5, 5], 4, true, true, false, 1);
        Run(Quantize, values, step, ones_like(values), range);
    });

    private static (Tensor Values, Tensor Step, LsqRange Range) Inputs(
        long[] shape, int bits, bool signed, bool perChannel, bool channelsLast, ulong seed)
    {
        using var scope = new TensorScope();
        using var generator = new Generator(seed);
        var values = randn(shape, generator: generator);
        values = channelsLast ? values.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : values;
        var (qn, qp) = signed ? (1 << (bits - 1), (1 << (bits - 1)) - 1) : (0, (1 << bits) - 1);
        var step = rand([perChannel ? shape[0] : 1], generator: generator).sub(0.3);
        return (scope.Keep(values), scope.Keep(step), new LsqRange(qn, qp, (float)(1 / Math.Sqrt(values.numel() * qp))));
    }

    private static (Tensor Result, Tensor ValueGradient, Tensor StepGradient) Run(
        Func<Tensor, Tensor, LsqRange, Tensor> quantize, Tensor values, Tensor step, Tensor upstream, LsqRange range)
    {
        var (v, s) = (values.detach().clone().requires_grad_(), step.detach().clone().requires_grad_());
        var result = quantize(v, s, range);
        result.mul(upstream).sum().backward();
        return (result.detach(), v.grad!, s.grad!);
    }

    private static Tensor Quantize(Tensor values, Tensor step, LsqRange range)
    {
        using var scope = new TensorScope();
        LsqKernel[] kernels = [.. TensorMemory.Of<float>(step).ToArray().Select(s => new LsqKernel(s, range))];
        return scope.Keep(KernelFunction<LsqKernel>.Quantize(values, TensorMemory.Dense(values.detach()), kernels, step));
    }
}
