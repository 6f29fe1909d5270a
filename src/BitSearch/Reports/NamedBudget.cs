using BitSearch.Space;

namespace BitSearch.Reports;

/// <summary>A budget with the words it was asked for in.</summary>
/// <param name="Text">As the plan says it: <c>0.10x</c>, <c>64 KiB</c>, <c>unlimited</c>.</param>
/// <param name="Budget">What that comes to for the study's network.</param>
public sealed record NamedBudget(string Text, Budget Budget)
{
    /// <summary>No limit.</summary>
    public static NamedBudget None { get; } = new("unlimited", Budget.None);

    /// <summary>Whether there is a limit at all.</summary>
    public bool IsLimited => Budget.Most != long.MaxValue;
}
