namespace BitSearch.Space;

/// <summary>What a layer is in its network, as far as schedules treat it differently.</summary>
public enum LayerRole
{
    /// <summary>Any other layer.</summary>
    Inner,

    /// <summary>The layer that reads the image.</summary>
    First,

    /// <summary>The classifier.</summary>
    Last,

    /// <summary>A 1x1 shortcut convolution.</summary>
    Projection,
}
