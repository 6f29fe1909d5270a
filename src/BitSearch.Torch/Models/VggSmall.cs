namespace BitSearch.Torch.Models;

/// <summary>
/// The seed paper's VGG-small: 3x3 convolutions of 128-128-256-256-512-512 channels, pooled after every second, one hidden
/// layer of 1024, each followed by batch normalisation. Images of 8x8 or more.
/// </summary>
[Component("vgg-small")]
public sealed class VggSmall : NetworkFactory
{
    private static readonly int[] Channels = [128, 128, 256, 256, 512, 512];

    /// <inheritdoc/>
    public override T Run<T>(Flow<T> flow, T image)
    {
        var x = image;
        for (var i = 0; i < Channels.Length; i++)
        {
            x = flow.Conv($"conv{i + 1}", x, flow.Scaled(Channels[i]), 3, padding: 1);
            x = i % 2 == 1 ? flow.MaxPool(x) : x;
            x = flow.Activate(flow.Norm($"bn{i + 1}", x));
        }

        x = flow.Linear("fc1", flow.Flatten(x), flow.Scaled(1024), bias: false);
        x = flow.Activate(flow.Norm("bn7", x));
        return flow.Linear("fc2", x, flow.Classes);
    }
}
