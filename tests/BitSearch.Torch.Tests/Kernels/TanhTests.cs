using System.Runtime.Intrinsics;
using BitSearch.Torch.Kernels;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Kernels;

public sealed class TanhTests
{
    /// <summary>The kernels' tanh of each element.</summary>
    internal static Tensor Of(Tensor x) =>
        tensor(Array.ConvertAll(x.detach().contiguous().data<float>().ToArray(), Of)).reshape(x.shape);

    [Fact]
    public void It_is_within_four_ten_millionths_of_the_true_value_for_every_size()
    {
        // 2,001 numbers a power of two, from 2^-40 to 2^6.
        foreach (var x in Enumerable.Range(-40, 47).SelectMany(e => Enumerable.Range(0, 2001).Select(i => MathF.ScaleB(1 + (i / 2001f), e))))
        {
            var expected = Math.Tanh(x);
            Assert.InRange(Of(x), expected * (1 - 4e-7), Math.Min(1, expected * (1 + 4e-7)));
            Assert.Equal(-Of(x), Of(-x));
        }
    }

    [Theory]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.MaxValue, 1f)]
    [InlineData(float.Epsilon, 0f)]
    [InlineData(0f, 0f)]
    public void Its_ends_are_those_of_tanh(float x, float expected) => Assert.Equal(expected, Of(x), 1e-30f);

    private static float Of(float x) => Tanh.Of(Vector256.Create(x))[0];
}
