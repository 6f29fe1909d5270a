using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Tests.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests;

public sealed class LayoutTests
{
    public static TheoryData<string, int, int, double, int> Cases()
    {
        var cases = new TheoryData<string, int, int, double, int>();
        foreach (var name in NetworkFactory.Catalog.Names)
        {
            cases.Add(name, 1, 8, 0.25, 4);
            cases.Add(name, 1, 28, 0.25, 16);
            cases.Add(name, 3, 32, 0.5, 5);
            cases.Add(name, 3, 32, 1, 16);
        }

        return cases;
    }

    [Fact]
    public void Channels_last_puts_the_channels_of_a_pixel_side_by_side_and_keeps_values()
    {
        using var scope = new TensorScope();
        var images = arange(2 * 3 * 4 * 5, float32).reshape(2, 3, 4, 5);

        var last = Layout.ChannelsLast(images);

        Assert.Equal([60, 1, 15, 3], last.stride());
        TensorAssert.Close(images, last, 0, 0);
    }

    /// <summary>
    /// Double precision takes other code in libtorch. oneDNN 3.7.1 loses weights on some processors, silently: this is the
    /// test that sees it. Rounding moves few values over a ReLU's kink, so gradients are compared as a whole.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Networks_compute_and_learn_as_in_double_precision(string name, int channels, int side, double width, int batch)
    {
        using var scope = new TensorScope();
        using var generator = new Generator(1);
        var images = randn([batch, channels, side, side], generator: generator);
        using var network = Float(name, channels, side, width);
        var oracle = new DoubleFlow(network);

        var actual = network.forward(images);
        var expected = NetworkFactory.Catalog.Create(name, "test").Run(oracle, images.to(float64));
        actual.square().mean().backward();
        expected.square().mean().backward();

        TensorAssert.Close(expected, actual.to(float64), 1e-3, 1e-3);
        foreach (var (parameter, copy) in oracle.Parameters)
        {
            var gap = network.get_parameter(parameter)!.grad!.to(float64).sub(copy.grad!).norm().item<double>();
            Assert.True(gap <= 0.05 * copy.grad!.norm().item<double>(), parameter);
        }
    }

    [Fact]
    public void Images_in_either_layout_give_the_same_bits()
    {
        using var scope = new TensorScope();
        using var network = Float("resnet20", 3, 16, 1);
        var images = rand(4, 3, 16, 16);
        TensorAssert.Close(network.forward(images), network.forward(Layout.ChannelsLast(images)), 0, 0);
    }

    private static Network Float(string name, int channels, int side, double width)
    {
        var network = NetworkFactory.Catalog.Create(name, "test").CreateFloat(new NetworkSpec([channels, side, side], 10, width), Nonlinearity.Relu, 1);
        network.train();
        return network;
    }
}
