using static TorchSharp.torch;

namespace BitSearch.Torch;

/// <summary>
/// The channels_last memory layout: the channels of a pixel side by side (strides of n, h, w, c). Networks compute in it
/// throughout: a ResNet-20 step takes 30 % less time, and oneDNN 3.7, which libtorch 2.10 brings, loses weights on some
/// processors when it pads a plain layout of few channels (see docs/decisions.md). libtorch's convolutions follow the layout
/// of what they are given and elementwise operations keep it. TorchSharp has no memory-format argument; permuting twice round
/// <c>contiguous</c> says the same.
/// </summary>
internal static class Layout
{
    /// <summary>The same values in channels_last layout; no copy of what has it.</summary>
    /// <param name="images">[n, c, h, w], any type and layout.</param>
    /// <returns>[n, c, h, w]; joins the caller's dispose scope.</returns>
    public static Tensor ChannelsLast(Tensor images)
    {
        using var scope = new TensorScope();
        return scope.Keep(images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
    }

    /// <summary>Gives the convolutions' weights (all parameters with four sides) the channels_last layout, in place.</summary>
    public static void ChannelsLast(nn.Module network)
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        foreach (var (_, parameter) in network.named_parameters().Where(p => p.parameter.dim() == 4))
        {
            parameter.set_(ChannelsLast((Tensor)parameter));
        }
    }
}
