using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using static TorchSharp.torch;

namespace BitSearch.Bench.Work;

/// <summary>Training steps of a ResNet-20 at batch 128, and its scoring, on random images of CIFAR's shape.</summary>
internal sealed class ResNet20Work : IDisposable
{
    /// <summary>Images of a training step.</summary>
    public const int Batch = 128;

    /// <summary>Images of a scoring.</summary>
    public const int Scored = 1000;

    private readonly Network _network;
    private readonly TrainingOptimizer _optimizer;
    private readonly Tensor _images;
    private readonly Tensor _labels;
    private readonly ImageSet _set;
    private readonly ImageStatistics _statistics = new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);

    /// <summary>Makes the network and calibrates it.</summary>
    /// <param name="width">Of all weights, and of all layers' inputs but the image.</param>
    public ResNet20Work(Bitwidth width)
    {
        using var scope = new TensorScope();
        using var generator = new Generator(1);
        _images = scope.Detach(randn([Batch, 3, 32, 32], generator: generator));
        _labels = scope.Detach(arange(Batch, int64).remainder(10));
        _set = new ImageSet(randint(256, [Scored, 3, 32, 32], dtype: uint8, generator: generator), arange(Scored, int64).remainder(10));
        _network = Create(width);
        _network.Calibrate(_images);
        _network.train();
        _optimizer = new TrainingOptimizer(_network, new Recipe());
    }

    /// <summary>One training step, as the trainer takes it.</summary>
    public void Step()
    {
        using var scope = new TensorScope();
        using var turn = _network.Turn(_images, backward: true);
        var loss = nn.functional.cross_entropy(_network.forward(_images), _labels);
        if (!float.IsFinite(loss.item<float>()))
        {
            throw new InvalidOperationException("the loss is no number any more");
        }

        _optimizer.Step(loss, 0.001);
        turn.Done();
        _network.AfterStep();
    }

    /// <summary>Scores <see cref="Scored"/> images.</summary>
    public void Score() => Scorer.Of(_network, _set, _statistics, CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _set.Dispose();
        _images.Dispose();
        _labels.Dispose();
    }

    private static Network Create(Bitwidth width)
    {
        var factory = NetworkFactory.Catalog.Create("resnet20", "benchmark");
        var spec = new NetworkSpec([3, 32, 32], 10);
        var lsq = QuantizerFamily.Catalog.Create("lsq", "benchmark");
        var schedule = Schedule.Homogeneous(factory.Describe(spec).Points.Count, width);
        return factory.Create(spec, new QuantizerPair(lsq, lsq, false), schedule, 1);
    }
}
