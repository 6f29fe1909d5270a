namespace BitSearch.Space;

/// <summary>What the bytes of an artifact are for.</summary>
public enum LedgerKind
{
    /// <summary>Magic, lengths and the JSON index.</summary>
    Header,

    /// <summary>Weights as packed codes, or as float32 at full precision.</summary>
    Codes,

    /// <summary>Float32 scales of weights and activations.</summary>
    Scales,

    /// <summary>Biases.</summary>
    Bias,

    /// <summary>Batch normalisation as scale and shift.</summary>
    Norm,

    /// <summary>Other float32 tensors.</summary>
    Unquantized,

    /// <summary>Bytes that only align what follows.</summary>
    Padding,
}

/// <summary>The bytes of one kind in one layer.</summary>
/// <param name="Layer">The layer's name; empty for the header.</param>
/// <param name="Kind">What the bytes are for.</param>
/// <param name="Size">How many.</param>
public sealed record LedgerEntry(string Layer, LedgerKind Kind, MemorySize Size);

/// <summary>Every byte of the artifact by layer and kind. Its total is the length of the packed file.</summary>
/// <param name="Entries">In the order of the file; none is empty.</param>
public sealed record Ledger(EquatableArray<LedgerEntry> Entries)
{
    /// <summary>The length of the packed file.</summary>
    public MemorySize Total => Sum(_ => true);

    /// <summary>Codes and scales of the layers' weights: what <see cref="BudgetMeasure.Weights"/> limits.</summary>
    public required MemorySize Weights { get; init; }

    /// <summary>The bytes of one kind over all layers.</summary>
    public MemorySize Of(LedgerKind kind) => Sum(e => e.Kind == kind);

    /// <summary>The ledger of <paramref name="schedule"/>'s packed file.</summary>
    /// <exception cref="ArgumentException">The schedule has another number of points than the network.</exception>
    public static Ledger Of(NetworkDescription network, Schedule schedule) => PackedLayout.Of(network, schedule).Ledger;

    private MemorySize Sum(Func<LedgerEntry, bool> which) =>
        Entries.Where(which).Aggregate(MemorySize.Zero, (sum, entry) => sum + entry.Size);
}
