namespace BitSearch.Space;

/// <summary>A tensor of the artifact that no schedule touches, stored as float32.</summary>
/// <param name="Name">Unique among the network's tensors.</param>
/// <param name="Layer">The layer it belongs to.</param>
/// <param name="Kind"><see cref="LedgerKind.Bias"/>, <see cref="LedgerKind.Norm"/> or <see cref="LedgerKind.Unquantized"/>.</param>
/// <param name="Shape">Its sides.</param>
public sealed record FixedTensor(string Name, string Layer, LedgerKind Kind, EquatableArray<long> Shape)
{
    /// <summary>The number of float32 elements.</summary>
    public long Elements => Shape.Aggregate(1L, (product, side) => checked(product * side));
}

/// <summary>
/// What the search knows of a network: no weights, no libtorch, but every tensor of its artifact.
/// </summary>
/// <param name="Name">The catalog's name, <c>resnet20</c>.</param>
/// <param name="Input">The image's <c>[c, h, w]</c>.</param>
/// <param name="Classes">The number of classes.</param>
/// <param name="WidthMultiplier">The factor on every layer's channels; 1 is the published network.</param>
/// <param name="Points">Weight points in execution order, then activation points in execution order.</param>
/// <param name="FixedTensors">Biases, norms (scale and shift) and whatever else the artifact stores as float32.</param>
public sealed record NetworkDescription(
    string Name,
    EquatableArray<long> Input,
    int Classes,
    double WidthMultiplier,
    EquatableArray<QuantizationPoint> Points,
    EquatableArray<FixedTensor> FixedTensors)
{
    /// <summary>The quantizers' names as they are written into the artifact: weights, then activations.</summary>
    public string Quantizer { get; init; } = "none";

    /// <summary>How many scales the quantizers store.</summary>
    public ScaleRule Scales { get; init; } = ScaleRule.None;

    /// <summary>What has to be held at each step of the computation of one image.</summary>
    public EquatableArray<LiveStep> LiveSteps { get; init; }

    /// <summary>The weight points, in execution order.</summary>
    public IEnumerable<QuantizationPoint> WeightPoints => Points.Where(p => p.Kind == PointKind.Weight);

    /// <summary>The number of weight elements that have a quantization point.</summary>
    public long WeightElements => WeightPoints.Sum(p => p.Elements);

    /// <summary>The place of the point called <paramref name="name"/>, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Points.Count; i++)
        {
            if (Points[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
