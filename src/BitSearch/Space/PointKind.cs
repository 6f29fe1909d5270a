namespace BitSearch.Space;

/// <summary>What a quantization point quantizes.</summary>
public enum PointKind
{
    /// <summary>A layer's weight tensor, stored in the artifact.</summary>
    Weight,

    /// <summary>The tensor that enters a layer; only its scales are stored in the artifact.</summary>
    Activation,
}
