using BitSearch.Space;
using BitSearch.Torch.Quantizers;
using CsCheck;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Kernels;

/// <summary>A ReLU and a quantizer in one pass are the ReLU and then the quantizer, to the last bit.</summary>
public sealed class ForkTests
{
    [Fact]
    public void Both_results_and_the_gradients_are_those_of_two_operations() =>
        Gen.Select(Gen.Long[1, 5].Array[2, 4], Gen.Int[1, 8], Gen.Bool, Gen.Bool, Gen.ULong).Sample(
            (shape, bits, last, other, seed) =>
            {
                using var scope = new TensorScope();
                using var generator = new Generator(seed);
                var values = Laid(randn(shape, generator: generator), last);
                var upstream = (Laid(randn(shape, generator: generator), other), Laid(randn(shape, generator: generator), last));
                using var quantizer = Quantizer(shape, bits);
                quantizer.Calibrate(values.relu());

                var expected = Run(quantizer, values, upstream, v =>
                {
                    var rectified = v.relu();
                    return (rectified, quantizer.call(rectified));
                });
                var actual = Run(quantizer, values, upstream, quantizer.Fork);

                Assert.Equal(expected.Count, actual.Count);
                foreach (var (e, a) in expected.Zip(actual))
                {
                    TensorAssert.Close(e, a, 0, 0);
                }
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void NaN_stays_NaN_and_only_what_is_above_zero_gets_a_gradient()
    {
        using var scope = new TensorScope();
        using var quantizer = Quantizer([1, 11], 4);
        var values = tensor([float.NaN, -1f, 0f, -0f, 0.5f, float.PositiveInfinity, float.NegativeInfinity, 1f, 2f, -3f, 4f]).reshape(1, 11).requires_grad_();
        var (rectified, quantized) = quantizer.Fork(values);
        rectified.sum().backward();
        TensorAssert.Close(tensor([1f, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1]).reshape(1, 11), values.grad!, 0, 0);
        Assert.True(rectified[0, 0].isnan().item<bool>() && quantized[0, 0].isnan().item<bool>());
        Assert.Equal(0, rectified.nan_to_num().min().item<float>());
    }

    [Fact]
    public void Without_gradients_both_are_the_same_and_nothing_is_left_behind() => LeakAssert.None(() =>
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        using var quantizer = Quantizer([2, 3, 4, 4], 4);
        var values = randn(2, 3, 4, 4);
        var (rectified, quantized) = quantizer.Fork(values);
        TensorAssert.Close(values.relu(), rectified, 0, 0);
        TensorAssert.Close(quantizer.call(values.relu()), quantized, 0, 0);
    });

    private static List<Tensor> Run(Quantizer quantizer, Tensor values, (Tensor First, Tensor Second) upstream, Func<Tensor, (Tensor First, Tensor Second)> fork)
    {
        quantizer.zero_grad();
        var leaf = values.detach().clone().requires_grad_();
        var both = fork(leaf);
        both.First.mul(upstream.First).sum().add(both.Second.mul(upstream.Second).sum()).backward();
        return [both.First, both.Second, leaf.grad!, quantizer.get_parameter("step")!.grad!.clone()];
    }

    private static Tensor Laid(Tensor tensor, bool last) => last && tensor.dim() == 4 ? Layout.ChannelsLast(tensor) : tensor;

    private static Quantizer Quantizer(long[] shape, int bits) => new LsqFamily().Create(
        new QuantizationPoint("p.input", "p", 0, PointKind.Activation, [.. shape[1..]], 1), new Bitwidth(bits), perChannel: false);
}
