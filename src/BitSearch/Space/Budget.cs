namespace BitSearch.Space;

/// <summary>What a budget is about.</summary>
public enum BudgetMeasure
{
    /// <summary>The whole packed file, in bits of whole bytes.</summary>
    Artifact,

    /// <summary>Codes and scales of the weight points alone, in bits of whole bytes.</summary>
    Weights,

    /// <summary>Bits of all weight elements, without scales and padding: the average width times their number.</summary>
    AverageBits,

    /// <summary>
    /// Bit operations of one image: over all layers, multiply-accumulates times the bits of a weight times the bits of an input.
    /// An input that is no point, such as the image, has 32 bits.
    /// </summary>
    BitOperations,

    /// <summary>The most bits of activations that have to be held at one time for one image, see <see cref="LiveStep"/>.</summary>
    Activations,
}

/// <summary>A hard limit on a schedule.</summary>
/// <param name="Most">At most this much: bits, or bit operations.</param>
/// <param name="Of">What is measured.</param>
public sealed record Budget(long Most, BudgetMeasure Of)
{
    /// <summary>A limit on memory.</summary>
    /// <param name="limit">At most this much.</param>
    /// <param name="of">What is measured.</param>
    public Budget(MemorySize limit, BudgetMeasure of)
        : this(limit.Bits, of)
    {
    }

    /// <summary>No limit on the artifact.</summary>
    public static Budget None { get; } = new(MemorySize.Unlimited, BudgetMeasure.Artifact);

    /// <summary>The limit as memory.</summary>
    /// <exception cref="InvalidOperationException">The measure is not about memory.</exception>
    public MemorySize Limit => Of == BudgetMeasure.BitOperations
        ? throw new InvalidOperationException("bit operations are no memory")
        : new MemorySize(Most);
}
