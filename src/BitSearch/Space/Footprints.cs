namespace BitSearch.Space;

/// <summary>Bytes in every measure that a budget may be about; added and compared measure by measure.</summary>
/// <param name="Artifact">Bytes of the packed file.</param>
/// <param name="Weights">Bytes of codes and scales of the weight points.</param>
internal readonly record struct Footprints(long Artifact, long Weights)
{
    /// <summary>More than any footprint, and small enough to be added to without overflow.</summary>
    public static Footprints Unbounded { get; } = new(long.MaxValue / 4, long.MaxValue / 4);

    public long this[BudgetMeasure of] => of == BudgetMeasure.Artifact ? Artifact : Weights;

    public bool FitsIn(Footprints room) => Artifact <= room.Artifact && Weights <= room.Weights;

    public static Footprints Least(Footprints a, Footprints b) => new(Math.Min(a.Artifact, b.Artifact), Math.Min(a.Weights, b.Weights));

    public static Footprints Most(Footprints a, Footprints b) => new(Math.Max(a.Artifact, b.Artifact), Math.Max(a.Weights, b.Weights));

    /// <summary>The bytes that budgets leave: the smallest limit of each measure.</summary>
    public static Footprints Limits(IEnumerable<Budget> budgets)
    {
        var (artifact, weights) = Unbounded;
        foreach (var budget in budgets)
        {
            var bytes = budget.Limit.Bits / 8;
            artifact = budget.Of == BudgetMeasure.Artifact ? Math.Min(artifact, bytes) : artifact;
            weights = budget.Of == BudgetMeasure.Weights ? Math.Min(weights, bytes) : weights;
        }

        return new Footprints(artifact, weights);
    }

    public static Footprints operator +(Footprints a, Footprints b) => new(a.Artifact + b.Artifact, a.Weights + b.Weights);

    public static Footprints operator -(Footprints a, Footprints b) => new(a.Artifact - b.Artifact, a.Weights - b.Weights);
}
