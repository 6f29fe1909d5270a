namespace BitSearch.Space;

/// <summary>
/// An amount in every measure that a budget may be about. All add up over a schedule's groups but the peak of activation
/// memory, which is the largest of its steps.
/// </summary>
/// <param name="Artifact">Bytes of the packed file.</param>
/// <param name="Weights">Bytes of codes and scales of the weight points.</param>
/// <param name="Codes">Bits of the weights' codes.</param>
/// <param name="Operations">Bit operations.</param>
/// <param name="Peak">Bits of live activations; as room, -1 if it was exceeded.</param>
internal readonly record struct Footprints(long Artifact, long Weights, long Codes, long Operations, long Peak)
{
    private const long Far = long.MaxValue / 64;

    /// <summary>More than any footprint, and small enough to be added to without overflow.</summary>
    public static Footprints Unbounded { get; } = new(Far, Far, Far, Far, Far);

    /// <summary>Bits, or bit operations.</summary>
    public long this[BudgetMeasure of] => of switch
    {
        BudgetMeasure.Artifact => Artifact * 8,
        BudgetMeasure.Weights => Weights * 8,
        BudgetMeasure.AverageBits => Codes,
        BudgetMeasure.BitOperations => Operations,
        _ => Peak,
    };

    public bool FitsIn(in Footprints room) => Artifact <= room.Artifact && Weights <= room.Weights && Codes <= room.Codes
        && Operations <= room.Operations && Peak <= room.Peak;

    public static Footprints Least(in Footprints a, in Footprints b) => new(
        Math.Min(a.Artifact, b.Artifact), Math.Min(a.Weights, b.Weights), Math.Min(a.Codes, b.Codes), Math.Min(a.Operations, b.Operations), Math.Min(a.Peak, b.Peak));

    public static Footprints Most(in Footprints a, in Footprints b) => new(
        Math.Max(a.Artifact, b.Artifact), Math.Max(a.Weights, b.Weights), Math.Max(a.Codes, b.Codes), Math.Max(a.Operations, b.Operations), Math.Max(a.Peak, b.Peak));

    /// <summary>What budgets leave: the smallest limit of each measure. Files are counted in whole bytes.</summary>
    public static Footprints Limits(IEnumerable<Budget> budgets) => budgets.Aggregate(Unbounded, (room, budget) => Least(room, budget.Of switch
    {
        BudgetMeasure.Artifact => Unbounded with { Artifact = budget.Most / 8 },
        BudgetMeasure.Weights => Unbounded with { Weights = budget.Most / 8 },
        BudgetMeasure.AverageBits => Unbounded with { Codes = budget.Most },
        BudgetMeasure.BitOperations => Unbounded with { Operations = budget.Most },
        _ => Unbounded with { Peak = budget.Most },
    }));

    /// <summary>Both together.</summary>
    public static Footprints operator +(in Footprints a, in Footprints b) => new(
        a.Artifact + b.Artifact, a.Weights + b.Weights, a.Codes + b.Codes, a.Operations + b.Operations, Math.Max(a.Peak, b.Peak));

    /// <summary>The room that is left once <paramref name="cost"/> is taken from it.</summary>
    public static Footprints operator -(in Footprints room, in Footprints cost) => new(
        room.Artifact - cost.Artifact, room.Weights - cost.Weights, room.Codes - cost.Codes, room.Operations - cost.Operations,
        cost.Peak > room.Peak ? -1 : room.Peak);
}
