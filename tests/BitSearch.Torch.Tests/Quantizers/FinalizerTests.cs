using BitSearch.Space;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Quantizers;

/// <summary>
/// TorchSharp 0.107 frees a number that was converted implicitly (<c>x.add(0)</c>) when it is finalized, which can be while
/// libtorch reads it: seen as a wrong result or an exception once in some ten thousand calls under collections.
/// </summary>
public sealed class FinalizerTests
{
    [Theory]
    [InlineData("lsq", PointKind.Weight, 4)]
    [InlineData("lsq", PointKind.Activation, 4)]
    [InlineData("scaled-sign", PointKind.Weight, 1)]
    [InlineData("seed", PointKind.Weight, 4)]
    [InlineData("dorefa", PointKind.Weight, 4)]
    [InlineData("pact", PointKind.Activation, 4)]
    [InlineData("hwgq", PointKind.Weight, 2)]
    [InlineData("ternary", PointKind.Weight, 2)]
    [InlineData("seed", PointKind.Activation, 1)]
    [InlineData("seed", PointKind.Activation, 4)]
    public void Collections_beside_a_quantizer_change_nothing(string name, PointKind kind, int bits)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            using var scope = NewDisposeScope();
            var point = new QuantizationPoint("l", "l", 1, kind, [4, 3, 3, 3], 1);
            using var quantizer = QuantizerFamily.Catalog.Create(name, "test").Create(point, new Bitwidth(bits), false);
            var values = linspace(-1, 1, 108).reshape(4, 3, 3, 3).requires_grad_(true);
            quantizer.Calibrate(values);
            var expected = Values(quantizer.forward(values));
            for (var i = 0; i < 600; i++)
            {
                using var step = NewDisposeScope();
                Assert.Equal(expected, Values(quantizer.forward(values)));
                var (codes, scales) = quantizer.Encode(values);
                Assert.Equal(expected, Values(quantizer.Decode(codes, scales)));
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    private static float[] Values(Tensor values) => values.detach().data<float>().ToArray();
}
