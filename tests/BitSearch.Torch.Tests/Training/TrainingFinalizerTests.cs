using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Training;

/// <summary>The reason for our own optimizers: see <see cref="Numbers"/>.</summary>
public sealed class TrainingFinalizerTests
{
    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Adam)]
    public void Collections_beside_a_training_change_no_bit(OptimizerKind kind)
    {
        var expected = Train(kind);
        using var stop = new CancellationTokenSource();
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
            Assert.Equal(expected, Train(kind));
            Assert.Equal(expected, Train(kind));
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    private static float[] Train(OptimizerKind kind)
    {
        using var scope = NewDisposeScope();
        var lsq = new QuantizerPair(new LsqFamily(), new LsqFamily(), false);
        using var network = new LeNet5().Create(new NetworkSpec([1, 8, 8], 10, 0.5), lsq, Schedule.Homogeneous(9, new Bitwidth(4)), 1);
        using var generator = new Generator(1);
        var images = randn([8, 1, 8, 8], generator: generator);
        var labels = arange(8, int64);
        network.Calibrate(images);
        using var optimizer = new TrainingOptimizer(network, new Recipe { Optimizer = kind });
        network.train();
        for (var i = 0; i < 150; i++)
        {
            using var step = NewDisposeScope();
            var loss = nn.functional.cross_entropy(network.forward(images), labels);
            Assert.True(float.IsFinite(loss.item<float>()));
            optimizer.Step(loss, 0.01);
        }

        return network.Layers[0].Weight.data<float>().ToArray();
    }
}
