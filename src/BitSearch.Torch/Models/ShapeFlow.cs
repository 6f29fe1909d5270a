using BitSearch.Space;

namespace BitSearch.Torch.Models;

/// <summary>A layer with weights, as it has to be built.</summary>
internal sealed record LayerPlan(QuantizationPoint Weight, QuantizationPoint? Input, bool Bias, int Stride, int Padding);

/// <summary>A batch normalisation, as it has to be built.</summary>
internal sealed record NormPlan(string Name, int Channels);

/// <summary>Describes a network: follows the shape of one image and notes every layer.</summary>
internal sealed class ShapeFlow(NetworkSpec spec, string place) : Flow<EquatableArray<long>>
{
    private readonly List<FixedTensor> _fixed = [];

    public List<LayerPlan> Layers { get; } = [];

    public List<NormPlan> Norms { get; } = [];

    public override int Classes => spec.Classes;

    public override int Scaled(int channels) => spec.Scaled(channels);

    /// <summary>What has to be held at each step.</summary>
    public EquatableArray<LiveStep> LiveSteps { get; set; }

    public NetworkDescription Describe(string name)
    {
        var last = Layers[^1].Weight.Layer;
        var points = Layers.Select(l => l.Weight).Concat(Layers.Select(l => l.Input).OfType<QuantizationPoint>())
            .Select(p => p.Depth > 0 && p.Layer == last ? p with { Role = LayerRole.Last } : p);
        return new NetworkDescription(name, spec.Input, spec.Classes, spec.WidthMultiplier, points.ToEquatableArray(), _fixed.ToEquatableArray())
        {
            LiveSteps = LiveSteps,
        };
    }

    public override IReadOnlyList<long> Shape(EquatableArray<long> x) => x;

    public override EquatableArray<long> Conv(string layer, EquatableArray<long> x, int channels, int kernel, int stride = 1, int padding = 0, bool bias = false, bool spares = false)
    {
        EquatableArray<long> result = [channels, Side(x[1], kernel, stride, padding), Side(x[2], kernel, stride, padding)];
        Note(layer, x, [channels, x[0], kernel, kernel], result[1] * result[2], bias, stride, padding);
        return result;
    }

    public override EquatableArray<long> Linear(string layer, EquatableArray<long> x, int features, bool bias = true)
    {
        Note(layer, x, [features, x[0]], 1, bias, 1, 0);
        return [features];
    }

    public override EquatableArray<long> Norm(string name, EquatableArray<long> x)
    {
        Norms.Add(new NormPlan(name, (int)x[0]));
        _fixed.Add(new FixedTensor(name, Layers[^1].Weight.Layer, LedgerKind.Norm, [2, x[0]]));
        return x;
    }

    public override EquatableArray<long> Activate(EquatableArray<long> x) => x;

    public override EquatableArray<long> MaxPool(EquatableArray<long> x) => [x[0], Side(x[1], 2, 2, 0), Side(x[2], 2, 2, 0)];

    public override EquatableArray<long> AveragePool(EquatableArray<long> x) => [x[0]];

    public override EquatableArray<long> Flatten(EquatableArray<long> x) => [x.Aggregate(1L, (a, b) => checked(a * b))];

    public override EquatableArray<long> Add(EquatableArray<long> a, EquatableArray<long> b) => a == b
        ? a
        : throw new InvalidOperationException($"[{string.Join(", ", a)}] and [{string.Join(", ", b)}] cannot be added");

    public override EquatableArray<long> Shrink(EquatableArray<long> x, int channels, int stride) =>
        [channels, ((x[1] - 1) / stride) + 1, ((x[2] - 1) / stride) + 1];

    private void Note(string layer, EquatableArray<long> input, EquatableArray<long> weight, long places, bool bias, int stride, int padding)
    {
        var depth = Layers.Count;
        var macs = checked(weight.Aggregate(places, (product, side) => product * side));
        var role = depth == 0 ? LayerRole.First : LayerRole.Inner;
        var point = new QuantizationPoint(layer + ".weight", layer, depth, PointKind.Weight, weight, macs) { Role = role };
        var read = new QuantizationPoint(layer + ".input", layer, depth, PointKind.Activation, input, macs) { Role = role };
        Layers.Add(new LayerPlan(point, depth == 0 ? null : read, bias, stride, padding));
        if (bias)
        {
            _fixed.Add(new FixedTensor(layer + ".bias", layer, LedgerKind.Bias, [weight[0]]));
        }
    }

    private long Side(long side, int kernel, int stride, int padding)
    {
        var result = ((side + (2 * padding) - kernel) / stride) + 1;
        return side + (2 * padding) >= kernel ? result : throw new PlanException(
            place, $"images of [{string.Join(", ", spec.Input)}] are too small for this network", "larger images, or another network");
    }
}
