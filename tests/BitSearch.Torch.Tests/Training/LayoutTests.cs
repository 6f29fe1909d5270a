using BitSearch.Torch.Training;
using static TorchSharp.torch;

namespace BitSearch.Torch.Tests.Training;

public sealed class LayoutTests
{
    [Fact]
    public void A_convolution_computes_and_learns_the_same_in_channels_last()
    {
        using var scope = new TensorScope();
        using var conv = nn.Conv2d(3, 5, 3, bias: false);
        var images = arange(2 * 3 * 6 * 6, float32).reshape(2, 3, 6, 6) / 100;
        var expected = conv.forward(images);
        expected.square().sum().backward();
        var gradient = conv.weight!.grad!.clone();
        conv.zero_grad();

        Layout.ChannelsLast(conv);
        var actual = conv.forward(Layout.ChannelsLast(images));
        actual.square().sum().backward();

        Assert.Equal([27, 1, 9, 3], conv.weight.stride());
        TensorAssert.Close(expected, actual, atol: 1e-5);
        TensorAssert.Close(gradient, conv.weight.grad!, atol: 1e-3);
    }
}
