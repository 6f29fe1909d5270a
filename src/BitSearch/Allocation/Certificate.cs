using System.Globalization;

namespace BitSearch.Allocation;

/// <summary>What is proven of an answer.</summary>
/// <param name="Gap">
/// No schedule's sensitivity is lower by more than this: 0 if the answer is optimal, infinite if nothing is known. Sums of
/// doubles are compared as they round, group by group.
/// </param>
public readonly record struct Certificate(double Gap)
{
    /// <summary>The answer is optimal.</summary>
    public static Certificate Exact => default;

    /// <summary>Whether the answer is optimal.</summary>
    public bool IsExact => Gap == 0;

    /// <summary>For people: <c>exact</c> or <c>gap at most 0.01</c>.</summary>
    public override string ToString() => IsExact ? "exact" : string.Create(CultureInfo.InvariantCulture, $"gap at most {Gap:G4}");
}
