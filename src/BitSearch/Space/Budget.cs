namespace BitSearch.Space;

/// <summary>What a memory budget is about.</summary>
public enum BudgetMeasure
{
    /// <summary>The whole packed file.</summary>
    Artifact,

    /// <summary>Codes and scales of the weight points alone.</summary>
    Weights,
}

/// <summary>A hard limit on a schedule's memory.</summary>
/// <param name="Limit">At most this much.</param>
/// <param name="Of">What is measured.</param>
public sealed record Budget(MemorySize Limit, BudgetMeasure Of)
{
    /// <summary>No limit on the artifact.</summary>
    public static Budget None { get; } = new(MemorySize.Unlimited, BudgetMeasure.Artifact);
}
