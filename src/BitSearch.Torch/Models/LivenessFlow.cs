using BitSearch.Space;

namespace BitSearch.Torch.Models;

/// <summary>A place in memory for one value of an image on its way through a network.</summary>
internal sealed class LiveBuffer(long elements, int born)
{
    private readonly HashSet<string> _readers = [];
    private LiveBuffer? _pooled;
    private bool _isReadAsFloat;

    /// <summary>The first step at which it is held.</summary>
    public int Born { get; } = born;

    /// <summary>The last step at which it is held.</summary>
    public int Dies { get; private set; } = born;

    /// <summary>Notes a layer that quantizes what it reads; null: reads it as it is.</summary>
    public void Read(int step, string? point)
    {
        Dies = Math.Max(Dies, step);
        _isReadAsFloat |= point is null;
        if (point is not null)
        {
            _readers.Add(point);
        }
    }

    /// <summary>Notes a maximum over its places: whoever quantizes the maximum could have quantized it before.</summary>
    public void Pool(int step, LiveBuffer into)
    {
        Dies = Math.Max(Dies, step);
        _pooled = into;
    }

    /// <summary>The buffer as the search knows it.</summary>
    public LiveTensor Tensor() => new(elements, Point());

    private string? Point() => _isReadAsFloat || _readers.Count + (_pooled is null ? 0 : 1) != 1 ? null : _pooled is null ? _readers.Single() : _pooled.Point();
}

/// <summary>A shape and where its value lies.</summary>
internal sealed record LiveValue(EquatableArray<long> Shape, LiveBuffer Buffer);

/// <summary>
/// Finds out what has to be held at each step of a network: follows the shapes as <see cref="ShapeFlow"/> says, and notes for
/// every value when it is made, who reads it, and when it is read last.
/// </summary>
/// <param name="shapes">Knows the shapes.</param>
internal sealed class LivenessFlow(ShapeFlow shapes) : Flow<LiveValue>
{
    private readonly List<string> _steps = [];
    private readonly List<LiveBuffer> _buffers = [];

    public override int Classes => shapes.Classes;

    public override int Scaled(int channels) => shapes.Scaled(channels);

    /// <summary>The image, held before the first step.</summary>
    public LiveValue Image(EquatableArray<long> shape) => Held(shape, 0);

    /// <summary>All steps in order. The result of the last one is read as it is.</summary>
    public EquatableArray<LiveStep> Steps(LiveValue result)
    {
        result.Buffer.Read(_steps.Count - 1, null);
        return _steps.Select((name, step) => new LiveStep(
            name, _buffers.Where(b => b.Born <= step && b.Dies >= step).Select(b => b.Tensor()).ToEquatableArray())).ToEquatableArray();
    }

    public override IReadOnlyList<long> Shape(LiveValue x) => x.Shape;

    public override LiveValue Conv(string layer, LiveValue x, int channels, int kernel, int stride = 1, int padding = 0, bool bias = false, bool spares = false) =>
        Layer(layer, x, shapes.Conv(layer, x.Shape, channels, kernel, stride, padding, bias, spares));

    public override LiveValue Linear(string layer, LiveValue x, int features, bool bias = true) => Layer(layer, x, shapes.Linear(layer, x.Shape, features, bias));

    public override LiveValue Norm(string name, LiveValue x) => x with { Shape = shapes.Norm(name, x.Shape) };

    public override LiveValue Activate(LiveValue x) => x with { Shape = shapes.Activate(x.Shape) };

    public override LiveValue Flatten(LiveValue x) => x with { Shape = shapes.Flatten(x.Shape) };

    public override LiveValue MaxPool(LiveValue x)
    {
        var step = Step("maximum");
        var result = Held(shapes.MaxPool(x.Shape), step);
        x.Buffer.Pool(step, result.Buffer);
        return result;
    }

    public override LiveValue AveragePool(LiveValue x) => Computed("mean", x, shapes.AveragePool(x.Shape));

    public override LiveValue Shrink(LiveValue x, int channels, int stride) => Computed("shortcut", x, shapes.Shrink(x.Shape, channels, stride));

    // In the place of the first term, which is therefore held as what it becomes.
    public override LiveValue Add(LiveValue a, LiveValue b)
    {
        var step = Step("sum");
        a.Buffer.Read(step, null);
        b.Buffer.Read(step, null);
        return a with { Shape = shapes.Add(a.Shape, b.Shape) };
    }

    private LiveValue Layer(string layer, LiveValue x, EquatableArray<long> shape)
    {
        var step = Step(layer);
        x.Buffer.Read(step, shapes.Layers[^1].Input?.Name);
        return Held(shape, step);
    }

    private LiveValue Computed(string name, LiveValue x, EquatableArray<long> shape)
    {
        var step = Step(name);
        x.Buffer.Read(step, null);
        return Held(shape, step);
    }

    private int Step(string name)
    {
        _steps.Add(name);
        return _steps.Count - 1;
    }

    private LiveValue Held(EquatableArray<long> shape, int step)
    {
        _buffers.Add(new LiveBuffer(shape.Aggregate(1L, (product, side) => checked(product * side)), step));
        return new LiveValue(shape, _buffers[^1]);
    }
}
