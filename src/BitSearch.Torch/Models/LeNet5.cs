namespace BitSearch.Torch.Models;

/// <summary>
/// LeNet-5 (LeCun et al. 1998) with ReLU and max pooling. Made for 28x28 (padded to 32) and 32x32; on images smaller than
/// that its convolutions keep the size, so that 8x8 digits fit: convolution 1 pads below 32, convolution 2 below 14.
/// </summary>
[Component("lenet5")]
public sealed class LeNet5 : NetworkFactory
{
    /// <inheritdoc/>
    public override T Run<T>(Flow<T> flow, T image)
    {
        var x = Stage(flow, "conv1", image, 6, whole: 32);
        x = flow.Flatten(Stage(flow, "conv2", x, 16, whole: 14));
        x = flow.Activate(flow.Linear("fc1", x, flow.Scaled(120)));
        x = flow.Activate(flow.Linear("fc2", x, flow.Scaled(84)));
        return flow.Linear("fc3", x, flow.Classes);
    }

    private static T Stage<T>(Flow<T> flow, string layer, T x, int channels, int whole)
    {
        var padding = flow.Shape(x).Skip(1).Min() < whole ? 2 : 0;
        return flow.MaxPool(flow.Activate(flow.Conv(layer, x, flow.Scaled(channels), 5, padding: padding, bias: true)));
    }
}
