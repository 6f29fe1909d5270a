namespace BitSearch.Torch.Models;

/// <summary>
/// Ours, a control: twelve 3x3 convolutions of 48 channels over one grid of places, each with an identity shortcut, so that every
/// searched layer has the same shape, the same size and the same number of operations, and depth alone tells them apart. As in
/// ConvMixer (Trockman and Kolter 2022, "Patches are all you need?") one convolution with stride 4 makes the grid, 8x8 of a
/// 32x32 image, and nothing shrinks after it.
/// </summary>
[Component("isotropic")]
public sealed class Isotropic : NetworkFactory
{
    private const int Layers = 12;
    private const int Channels = 48;

    /// <inheritdoc/>
    public override T Run<T>(Flow<T> flow, T image)
    {
        var x = flow.Activate(flow.Norm("bn0", flow.Conv("stem", image, flow.Scaled(Channels), 5, stride: 4, padding: 2)));
        for (var i = 1; i <= Layers; i++)
        {
            var z = flow.Norm($"bn{i}", flow.Conv($"conv{i}", x, flow.Scaled(Channels), 3, padding: 1, spares: true));
            x = flow.Activate(flow.Add(z, x));
        }

        return flow.Linear("fc", flow.AveragePool(x), flow.Classes);
    }
}
