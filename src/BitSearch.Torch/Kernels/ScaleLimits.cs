namespace BitSearch.Torch.Kernels;

/// <summary>Where steps and clipping values stay, so that dividing by them and multiplying stays finite.</summary>
internal static class ScaleLimits
{
    /// <summary>The smallest scale in use.</summary>
    public const float Smallest = 1e-12f;

    /// <summary>The largest scale in use.</summary>
    public const float Largest = 1e30f;

    /// <summary>|scale| clamped to the scales in use; NaN stays NaN.</summary>
    public static float InUse(float scale) => Math.Clamp(Math.Abs(scale), Smallest, Largest);
}
