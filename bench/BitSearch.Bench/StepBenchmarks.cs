using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using BitSearch.Trials;
using static TorchSharp.torch;

namespace BitSearch.Bench;

/// <summary>
/// One training step at batch 128 and the scoring of 1,000 images, on one thread, with random images. Run alone:
/// <c>make bench FILTER='*Step*'</c>. <c>BITSEARCH_MALLOC=default</c> shows what the allocator's settings bring.
/// </summary>
[InProcess]
[MemoryDiagnoser(false)]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 7)]
public class StepBenchmarks : IDisposable
{
    private readonly ImageStatistics _statistics = new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
    private ImageSet _images = null!;
    private Network _network = null!;
    private TrainingOptimizer _optimizer = null!;
    private TrainingBatches _batches = null!;

    [Params("resnet20 1", "vgg-small 0.25")]
    public string Network { get; set; } = "";

    /// <summary>Bits of weights and activations.</summary>
    [Params("32/32", "4/32", "4/8")]
    public string Widths { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        TorchRuntime.Initialise();
        using var scope = new TensorScope();
        _images = new ImageSet(randint(256, [1000, 3, 32, 32], dtype: uint8), arange(1000, int64).remainder(10));
        _network = Build();
        _batches = new TrainingBatches(_images, _statistics, 128, new SeededRandom(1), Augmentation.Cifar, new SeededRandom(2));
        _network.Calibrate(_batches.Next().Images);
        _network.train();
        _optimizer = new TrainingOptimizer(_network, new Recipe());
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _images.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Step()
    {
        using var scope = new TensorScope();
        var (images, labels) = _batches.Next();
        _optimizer.Step(nn.functional.cross_entropy(_network.forward(images), labels), 0.001);
    }

    [Benchmark]
    public Score ScoreThousand() => Scorer.Of(_network, _images, _statistics, CancellationToken.None);

    private Network Build()
    {
        var factory = NetworkFactory.Catalog.Create(Network.Split(' ')[0], "benchmark");
        var spec = new NetworkSpec([3, 32, 32], 10, double.Parse(Network.Split(' ')[1]));
        var bits = Widths.Split('/').Select(int.Parse).ToArray();
        var widths = factory.Describe(spec).Points.Select(p => new Bitwidth(bits[p.Kind == PointKind.Weight ? 0 : 1]));
        return factory.Create(spec, new QuantizerPair(new LsqFamily(), new LsqFamily(), false), new Schedule(widths.ToEquatableArray()), 1);
    }
}
