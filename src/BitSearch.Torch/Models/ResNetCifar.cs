namespace BitSearch.Torch.Models;

/// <summary>
/// The CIFAR ResNet of He et al. 2016, section 4.2: three stages of 16, 32 and 64 channels with parameter-free shortcuts
/// (option A). A block's convolutions read the quantized activation; the shortcut carries it unquantized. Tensor names are
/// those of akamaster/pytorch_resnet_cifar10.
/// </summary>
/// <param name="blocks">Blocks a stage; the depth is 6 blocks + 2.</param>
public abstract class ResNetCifar(int blocks) : NetworkFactory
{
    /// <inheritdoc/>
    public sealed override T Run<T>(Flow<T> flow, T image)
    {
        var x = flow.Conv("conv1", image, flow.Scaled(16), 3, padding: 1);
        x = flow.Activate(flow.Norm("bn1", x));
        for (var stage = 1; stage <= 3; stage++)
        {
            for (var block = 0; block < blocks; block++)
            {
                x = Block(flow, $"layer{stage}.{block}", x, flow.Scaled(8 << stage), stage > 1 && block == 0 ? 2 : 1);
            }
        }

        return flow.Linear("linear", flow.AveragePool(x), flow.Classes);
    }

    private static T Block<T>(Flow<T> flow, string name, T x, int channels, int stride)
    {
        var z = flow.Conv(name + ".conv1", x, channels, 3, stride, padding: 1, spares: true);
        z = flow.Activate(flow.Norm(name + ".bn1", z));
        z = flow.Conv(name + ".conv2", z, channels, 3, padding: 1);
        z = flow.Norm(name + ".bn2", z);
        return flow.Activate(flow.Add(z, stride == 1 ? x : flow.Shrink(x, channels, stride)));
    }
}

/// <summary>20 layers, 0.27 million weights.</summary>
[Component("resnet20")]
public sealed class ResNet20() : ResNetCifar(3);

/// <summary>32 layers, 0.46 million weights.</summary>
[Component("resnet32")]
public sealed class ResNet32() : ResNetCifar(5);

/// <summary>44 layers, 0.66 million weights.</summary>
[Component("resnet44")]
public sealed class ResNet44() : ResNetCifar(7);

/// <summary>56 layers, 0.85 million weights.</summary>
[Component("resnet56")]
public sealed class ResNet56() : ResNetCifar(9);
