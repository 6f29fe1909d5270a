namespace BitSearch.Torch.Data;

/// <summary>How training images are varied.</summary>
/// <param name="Flip">Mirror each image left to right with probability one half.</param>
/// <param name="CropPadding">
/// Pad each image by this many black pixels on all four sides, then cut out the original size at a random place; 0 is off.
/// </param>
public sealed record Augmentation(bool Flip = false, int CropPadding = 0)
{
    /// <summary>Images as they are.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>What CIFAR is usually trained with (He et al. 2016, section 4.2): flip, and crop after padding by 4.</summary>
    public static Augmentation Cifar { get; } = new(Flip: true, CropPadding: 4);
}
