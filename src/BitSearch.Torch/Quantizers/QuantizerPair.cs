using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Torch.Quantizers;

/// <summary>The quantizers of a network: one family for weights, one for activations.</summary>
/// <param name="Weights">Quantizes weights.</param>
/// <param name="Activations">Quantizes activations; decides the nonlinearity.</param>
/// <param name="PerChannel">Whether weights have one scale an output channel, where the family offers it.</param>
public sealed record QuantizerPair(QuantizerFamily Weights, QuantizerFamily Activations, bool PerChannel)
{
    private const string ChannelMark = "channel";

    /// <summary>Full precision.</summary>
    public static QuantizerPair None { get; } = new(new NoneFamily(), new NoneFamily(), false);

    /// <summary>The name in artifacts: <c>lsq/lsq</c>, or <c>lsq/lsq/channel</c>.</summary>
    public string Name => $"{Weights.Name}/{Activations.Name}{(PerChannel ? $"/{ChannelMark}" : "")}";

    /// <summary>What the network applies between layers: what the activations' family asks for.</summary>
    public Nonlinearity Nonlinearity => Activations.Nonlinearity;

    /// <summary>How many scales are stored.</summary>
    public ScaleRule Scales => Activations.Scales(PerChannel) with
    {
        OneBitWeight = Weights.Scales(PerChannel).OneBitWeight,
        Weight = Weights.Scales(PerChannel).Weight,
    };

    /// <summary>The families that a plan names.</summary>
    /// <exception cref="PlanException">A name is unknown.</exception>
    public static QuantizerPair Of(QuantizerPlan plan) => new(
        QuantizerFamily.Catalog.Create(plan.Weights, "quantizer.weights"),
        QuantizerFamily.Catalog.Create(plan.Activations, "quantizer.activations"),
        plan.PerChannel);

    /// <summary>Reads <see cref="Name"/>.</summary>
    /// <param name="name">As written in an artifact.</param>
    /// <param name="place">Where it was found.</param>
    /// <exception cref="PlanException">The name is none.</exception>
    public static QuantizerPair Parse(string name, string place)
    {
        var parts = name.Split('/');
        if (parts.Length is < 2 or > 3 || (parts.Length == 3 && parts[2] != ChannelMark))
        {
            throw new PlanException(place, $"'{name}' names no quantizers", "weights/activations or weights/activations/channel");
        }

        return new QuantizerPair(QuantizerFamily.Catalog.Create(parts[0], place), QuantizerFamily.Catalog.Create(parts[1], place), parts.Length == 3);
    }

    /// <summary>The network with these quantizers' name and scales.</summary>
    public NetworkDescription Describe(NetworkDescription network) => network with { Quantizer = Name, Scales = Scales };

    /// <summary>Whether a point can have a width.</summary>
    public bool Supports(QuantizationPoint point, Bitwidth width) => FamilyOf(point).Supports(point.Kind, width);

    /// <summary>What is wrong with a schedule: a wrong number of widths, or widths that the quantizers do not offer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Its widths.</param>
    /// <param name="place">Where the schedule was found.</param>
    public IEnumerable<Problem> Check(NetworkDescription network, Schedule schedule, string place)
    {
        if (schedule.Count != network.Points.Count)
        {
            return [new Problem(place, $"the schedule has {schedule.Count} widths", $"{network.Name} has {network.Points.Count} points")];
        }

        return network.Points.Zip(schedule.Widths)
            .Where(p => !Supports(p.First, p.Second))
            .Select(p => new Problem($"{place}: {p.First.Name}", $"{FamilyOf(p.First).Name} has no width of {p.Second} bits", $"{Offer(p.First)}"));
    }

    /// <summary>The quantizer of one point.</summary>
    /// <exception cref="ArgumentException">The family does not offer the width.</exception>
    public Quantizer Create(QuantizationPoint point, Bitwidth width) => FamilyOf(point).Create(point, width, PerChannel);

    private QuantizerFamily FamilyOf(QuantizationPoint point) => point.Kind == PointKind.Weight ? Weights : Activations;

    private string Offer(QuantizationPoint point) => FamilyOf(point).Offer(point.Kind) is { } widths ? $"{widths}, or 32" : "32 alone";
}
