namespace BitSearch.Space;

/// <summary>A tensor whose bitwidth is assigned by a schedule.</summary>
/// <param name="Name">Unique: <c>layer1.0.conv1.weight</c> for weights, <c>layer1.0.conv1.input</c> for activations.</param>
/// <param name="Layer">The layer's name, <c>layer1.0.conv1</c>.</param>
/// <param name="Depth">The layer's place in the order of execution, from 0.</param>
/// <param name="Kind">Weights or activations.</param>
/// <param name="Shape">Weights: <c>[out, in, kh, kw]</c> or <c>[out, in]</c>; activations: <c>[c, h, w]</c> or <c>[c]</c> of one image.</param>
/// <param name="Macs">Multiply-accumulate operations of the layer for one image.</param>
public sealed record QuantizationPoint(string Name, string Layer, int Depth, PointKind Kind, EquatableArray<long> Shape, long Macs)
{
    /// <summary>The widths that a schedule may assign, ascending and without repetition; full precision alone by default.</summary>
    public EquatableArray<Bitwidth> Widths { get; init; } = [Bitwidth.Full];

    /// <summary>Points of the same tie group take the same width; null: a group of its own.</summary>
    public string? TieGroup { get; init; }

    /// <summary>Whether the space's pattern constrains this point; pinned, floored and freed layers are exempt.</summary>
    public bool FollowsPattern { get; init; } = true;

    /// <summary>What the network says of the layer, for the plan's exceptions.</summary>
    public LayerRole Role { get; init; }

    /// <summary>The number of elements, of one image for activations.</summary>
    public long Elements => Shape.Aggregate(1L, (product, side) => checked(product * side));

    /// <summary>The number of output channels (weights) or channels (activations): the first side of the shape.</summary>
    public int Channels => checked((int)Shape[0]);
}
