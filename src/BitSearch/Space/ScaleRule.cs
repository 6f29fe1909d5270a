namespace BitSearch.Space;

/// <summary>How many scales a quantized tensor stores.</summary>
public enum ScaleGranularity
{
    /// <summary>None: the codes' values are fixed.</summary>
    None,

    /// <summary>One float32 a tensor.</summary>
    PerTensor,

    /// <summary>One float32 an output channel.</summary>
    PerChannel,
}

/// <summary>How many float32 scales a quantizer stores for each quantized tensor. Full precision stores none.</summary>
/// <param name="OneBitWeight">Weights at 1 bit.</param>
/// <param name="Weight">Weights at 2 bits or more.</param>
/// <param name="OneBitActivation">Activations at 1 bit.</param>
/// <param name="Activation">Activations at 2 bits or more.</param>
public sealed record ScaleRule(ScaleGranularity OneBitWeight, ScaleGranularity Weight, ScaleGranularity OneBitActivation, ScaleGranularity Activation)
{
    /// <summary>No scales anywhere.</summary>
    public static ScaleRule None { get; } = new(ScaleGranularity.None, ScaleGranularity.None, ScaleGranularity.None, ScaleGranularity.None);

    /// <summary>The number of float32 scales that <paramref name="point"/> stores at <paramref name="width"/>.</summary>
    public int Count(QuantizationPoint point, Bitwidth width) => width.IsFull ? 0 : Granularity(point.Kind, width) switch
    {
        ScaleGranularity.None => 0,
        ScaleGranularity.PerTensor => 1,
        _ => point.Channels,
    };

    private ScaleGranularity Granularity(PointKind kind, Bitwidth width) => (kind, width.Bits) switch
    {
        (PointKind.Weight, 1) => OneBitWeight,
        (PointKind.Weight, _) => Weight,
        (_, 1) => OneBitActivation,
        _ => Activation,
    };
}
