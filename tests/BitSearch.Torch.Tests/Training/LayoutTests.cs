using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Training;

public sealed class LayoutTests
{
    [Fact]
    public void Channels_last_puts_the_channels_of_a_pixel_side_by_side_and_keeps_values()
    {
        using var scope = new TensorScope();
        var images = arange(2 * 3 * 4 * 5, float32).reshape(2, 3, 4, 5);

        var last = Layout.ChannelsLast(images);

        Assert.Equal([60, 1, 15, 3], last.stride());
        TensorAssert.Close(images, last, 0, 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_quantized_network_computes_and_learns_the_same_in_both_layouts(bool perChannel)
    {
        using var scope = new TensorScope();
        var images = randn([8, 1, 8, 8], generator: new Generator(1));
        using var plain = Calibrated(perChannel, images);
        using var last = Calibrated(perChannel, images);
        Layout.ChannelsLast(last);

        var (expected, actual) = (plain.forward(images), last.forward(Layout.ChannelsLast(images)));
        expected.square().sum().backward();
        actual.square().sum().backward();

        TensorAssert.Close(expected, actual, 1e-4, 1e-5);
        foreach (var (name, parameter) in plain.named_parameters())
        {
            var scale = parameter.grad!.abs().max().item<float>();
            TensorAssert.Close(parameter.grad!, last.get_parameter(name)!.grad!, 0.01, (0.01 * scale) + 1e-5);
        }
    }

    /// <summary>ResNet-20 of a quarter of its channels, 4-bit weights and activations.</summary>
    private static Network Calibrated(bool perChannel, Tensor images)
    {
        var factory = NetworkFactory.Catalog.Create("resnet20", "test");
        var spec = new NetworkSpec([1, 8, 8], 10, 0.25);
        var schedule = Schedule.Homogeneous(factory.Describe(spec).Points.Count, new Bitwidth(4));
        var network = factory.Create(spec, new QuantizerPair(new LsqFamily(), new LsqFamily(), perChannel), schedule, 1);
        network.Calibrate(images);
        network.train();
        return network;
    }
}
