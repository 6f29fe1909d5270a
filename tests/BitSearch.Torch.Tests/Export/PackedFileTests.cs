using BitSearch.Space;
using BitSearch.Torch.Export;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using CsCheck;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Export;

public sealed class PackedFileTests
{
    private static readonly NetworkSpec Small = new([1, 28, 28], 10, 0.1);
    private static readonly QuantizerPair Lsq = new(new LsqFamily(), new LsqFamily(), false);

    [Fact]
    public void For_1000_networks_and_schedules_the_length_is_the_ledgers_and_weights_come_back_bit_for_bit() =>
        PackedNetworks.Any.Sample(
            c =>
            {
                using var scope = NewDisposeScope();
                using var network = PackedNetworks.Create(c.Network, c.Spec, c.Quantizers, c.Schedule, c.Seed);
                var bytes = PackedNetworks.Pack(network);
                Assert.Equal(Ledger.Of(network.Description, network.Schedule).Total.Bytes, bytes.Length);
                var file = PackedFile.Parse(bytes, "memory");
                Assert.Equal((network.Description, network.Schedule), (file.Network, file.Schedule));
                foreach (var layer in network.Layers)
                {
                    var unpacked = file.UnpackWeights(layer.Name + ".weight");
                    Assert.Equal(Bits(layer.WeightQuantizer.forward(layer.Weight)), Bits(unpacked));
                }
            },
            iter: 1000,
            threads: 1);

    [Theory]
    [InlineData("lenet5")]
    [InlineData("vgg-small")]
    [InlineData("resnet20")]
    public void The_unpacked_network_computes_what_the_trained_one_does(string name)
    {
        using var scope = NewDisposeScope();
        var widths = NetworkFactory.Catalog.Create(name, "test").Describe(Small).Points.Select((_, i) => new Bitwidth(3 + (i % 5)));
        using var network = PackedNetworks.Create(name, Small, Lsq, new Schedule(widths.ToEquatableArray()), 5);
        var images = randn([16, .. Small.Input], generator: new Generator(1));
        network.ReestimateNorms([images.clone()], TestContext.Current.CancellationToken);
        network.eval();
        using var unpacked = PackedFile.Parse(PackedNetworks.Pack(network), "memory").ToNetwork();
        using (no_grad())
        {
            TensorAssert.Close(network.forward(images), unpacked.forward(images), 1e-3, 1e-3);
        }
    }

    [Fact]
    public void The_exporter_writes_the_file_and_repacking_float_weights_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var schedule = Schedule.Homogeneous(9, Bitwidth.Full);
        using var network = PackedNetworks.Create("lenet5", Small, Lsq, schedule, 5);
        var path = folder.PathOf("network.packed");
        new Catalog<INetworkExporter>(typeof(PackedWriter).Assembly).Create("packed", "test").Export(network, path, TestContext.Current.CancellationToken);
        Assert.Equal([path], Directory.GetFiles(folder.Root));
        using var again = PackedFile.Read(path).ToNetwork();
        Assert.Equal(File.ReadAllBytes(path), PackedNetworks.Pack(again));
    }

    [Fact]
    public void Reading_leaves_no_tensor_behind()
    {
        using var network = PackedNetworks.Create("lenet5", Small, Lsq, Schedule.Homogeneous(9, new Bitwidth(3)), 5);
        LeakAssert.None(() =>
        {
            var file = PackedFile.Parse(PackedNetworks.Pack(network), "memory");
            file.UnpackWeights("conv1.weight").Dispose();
            file.UnpackFixed("conv1.bias").Dispose();
            file.ToNetwork().Dispose();
        });
    }

    private static int[] Bits(Tensor values) => Array.ConvertAll(values.detach().contiguous().data<float>().ToArray(), BitConverter.SingleToInt32Bits);
}
