using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Models;

/// <summary>The published weights on the 10,000 CIFAR-10 test images; skipped where weights or images are not there.</summary>
public sealed class PretrainedTests
{
    [Fact]
    public void Resnet20_reaches_its_91_73_percent()
    {
        var weights = Path.Combine(Environment.GetEnvironmentVariable("BITSEARCH_WEIGHTS") ?? "/work/shared/data/pretrained", "resnet20-cifar10.safetensors");
        var data = new Cifar10();
        if (!File.Exists(weights) || !data.Check(null).Found)
        {
            Assert.Skip($"needs {weights} (or BITSEARCH_WEIGHTS) and CIFAR-10 in its usual place");
        }

        using var scope = NewDisposeScope();
        using var without = no_grad();
        using var splits = data.Load(new DataRequest(ValidationCount: 0), TestContext.Current.CancellationToken);
        using var file = SafetensorsFile.Read(weights);
        using var network = new ResNet20().CreateFloat(new NetworkSpec([3, 32, 32], 10), Nonlinearity.Relu, 1);
        network.Load(file);
        network.eval();
        var correct = 0L;
        foreach (var (start, count) in ImageBatches.Ranges(splits.Test.Count, 250))
        {
            using var batch = new TensorScope();
            var images = ImageBatches.Gather(splits.Test, start, count, splits.Statistics);
            correct += network.forward(images).argmax(1).eq(splits.Test.Labels.narrow(0, start, count)).sum().item<long>();
        }

        Assert.Equal(9173, correct);
    }
}
