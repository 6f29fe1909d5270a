using System.Reflection;
using BitSearch.Space;

namespace BitSearch.Torch.Quantizers;

/// <summary>A way to quantize, by its <see cref="ComponentAttribute"/>'s name: makes the quantizers of all points.</summary>
public abstract class QuantizerFamily
{
    /// <summary>All families.</summary>
    public static Catalog<QuantizerFamily> Catalog { get; } = new(typeof(QuantizerFamily).Assembly);

    /// <summary>The name in plans and artifacts.</summary>
    public string Name => GetType().GetCustomAttribute<ComponentAttribute>()!.Name;

    /// <summary>The smallest width of weights.</summary>
    public virtual int MinimumWeightBits => 1;

    /// <summary>The largest width of weights below full precision; 0: full precision alone.</summary>
    public abstract int MaximumWeightBits { get; }

    /// <summary>The largest width of activations below full precision; 0: full precision alone.</summary>
    public abstract int MaximumActivationBits { get; }

    /// <summary>What the networks apply between layers when this family quantizes their activations.</summary>
    public virtual Nonlinearity Nonlinearity => Nonlinearity.Relu;

    /// <summary>Whether quantized weights are clamped to -1..1 after each optimizer step, and begin as uniform there from scratch.</summary>
    public virtual bool ClampsLatentWeights => false;

    /// <summary>How many scales are stored.</summary>
    /// <param name="perChannel">Whether weights have one scale an output channel, where there is a choice.</param>
    public abstract ScaleRule Scales(bool perChannel);

    /// <summary>Whether tensors of a kind can have a width: from the family's smallest to its largest, and always full precision.</summary>
    public bool Supports(PointKind kind, Bitwidth width)
    {
        var (least, most) = Widths(kind);
        return width.IsFull || (width.Bits >= least && width.Bits <= most);
    }

    /// <summary>The smallest and the largest width below full precision of a kind of tensors; the largest is 0 where there is none.</summary>
    public (int Least, int Most) Widths(PointKind kind) =>
        kind == PointKind.Weight ? (MinimumWeightBits, MaximumWeightBits) : (1, MaximumActivationBits);

    /// <summary>The widths of a kind of tensors below full precision in words: <c>2</c>, or <c>1 to 8</c>; null: none.</summary>
    public string? Offer(PointKind kind)
    {
        var (least, most) = Widths(kind);
        return most == 0 ? null : least == most ? $"{most}" : $"{least} to {most}";
    }

    /// <summary>The quantizer of one point.</summary>
    /// <exception cref="ArgumentException">The family does not offer the width.</exception>
    public Quantizer Create(QuantizationPoint point, Bitwidth width, bool perChannel)
    {
        if (!Supports(point.Kind, width))
        {
            throw new ArgumentException($"the quantizer {Name} has no width of {width} bits for {point.Name}", nameof(width));
        }

        return width.IsFull ? new FullPrecision(point) : Make(point, width, perChannel);
    }

    /// <summary>The quantizer of one point at a supported width below full precision.</summary>
    protected abstract Quantizer Make(QuantizationPoint point, Bitwidth width, bool perChannel);
}
