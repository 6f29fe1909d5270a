using System.Reflection;
using BitSearch.Space;
using BitSearch.Torch.Quantizers;

namespace BitSearch.Torch.Models;

/// <summary>
/// A network architecture, by its <see cref="ComponentAttribute"/>'s name: written once in <see cref="Run"/>, described
/// without libtorch, and built.
/// </summary>
public abstract class NetworkFactory
{
    /// <summary>All networks.</summary>
    public static Catalog<NetworkFactory> Catalog { get; } = new(typeof(NetworkFactory).Assembly);

    /// <summary>The name in plans and artifacts.</summary>
    public string Name => GetType().GetCustomAttribute<ComponentAttribute>()!.Name;

    /// <summary>The whole network: from the image to one number a class.</summary>
    /// <param name="flow">What the steps mean.</param>
    /// <param name="image">The image.</param>
    public abstract T Run<T>(Flow<T> flow, T image);

    /// <summary>Every tensor of the network's artifact, without building it and without libtorch.</summary>
    /// <exception cref="PlanException">The network cannot be made for such images or classes.</exception>
    public NetworkDescription Describe(NetworkSpec spec) => Trace(spec).Describe(Name);

    /// <summary>Builds the network: random weights by <see cref="InitialWeights"/>, zero biases.</summary>
    /// <param name="spec">What for.</param>
    /// <param name="quantizers">Which quantizers.</param>
    /// <param name="schedule">One width per point.</param>
    /// <param name="seed">Decides the weights, alone.</param>
    /// <exception cref="PlanException">The network cannot be made for the images, or a quantizer does not offer a width.</exception>
    public Network Create(NetworkSpec spec, QuantizerPair quantizers, Schedule schedule, ulong seed)
    {
        var shapes = Trace(spec);
        var description = quantizers.Describe(shapes.Describe(Name));
        var problems = quantizers.Check(description, schedule, "schedule").ToArray();
        return problems.Length == 0
            ? new Network(this, spec, description, quantizers, schedule, shapes, seed)
            : throw new PlanException(problems);
    }

    /// <summary>Builds a network whose points have a quantizer for each of several widths, for shared training.</summary>
    /// <param name="spec">What for.</param>
    /// <param name="quantizers">Which quantizers.</param>
    /// <param name="widthsOf">The widths that a point is to serve; the widest of each is in use first.</param>
    /// <param name="seed">Decides the weights, alone.</param>
    /// <exception cref="PlanException">The network cannot be made for the images.</exception>
    public Network CreateShared(NetworkSpec spec, QuantizerPair quantizers, Func<QuantizationPoint, IEnumerable<Bitwidth>> widthsOf, ulong seed)
    {
        var shapes = Trace(spec);
        var description = quantizers.Describe(shapes.Describe(Name));
        var widest = new Schedule(description.Points.Select(p => widthsOf(p).Max()).ToEquatableArray());
        return new Network(this, spec, description, quantizers, widest, shapes, seed, Bank);

        QuantizerBank Bank(QuantizationPoint point) => new(point, widthsOf(point).Select(w => quantizers.Create(point, w)));
    }

    /// <summary>Builds the network at full precision.</summary>
    public Network CreateFloat(NetworkSpec spec, Nonlinearity nonlinearity, ulong seed)
    {
        var quantizers = nonlinearity == Nonlinearity.Relu ? QuantizerPair.None : new QuantizerPair(new SeedFamily(), new SeedFamily(), false);
        return Create(spec, quantizers, Schedule.Homogeneous(Describe(spec).Points.Count, Bitwidth.Full), seed);
    }

    private ShapeFlow Trace(NetworkSpec spec)
    {
        var place = $"network {Name}";
        var problems = spec.Check(place).ToArray();
        if (problems.Length > 0)
        {
            throw new PlanException(problems);
        }

        try
        {
            var shapes = new ShapeFlow(spec, place);
            var liveness = new LivenessFlow(shapes);
            shapes.LiveSteps = liveness.Steps(Run(liveness, liveness.Image(spec.Input)));
            return shapes;
        }
        catch (OverflowException)
        {
            throw new PlanException(place, "the network is too large to count", "a smaller width multiplier or smaller images");
        }
    }
}
