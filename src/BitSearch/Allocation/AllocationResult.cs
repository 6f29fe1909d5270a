namespace BitSearch.Allocation;

/// <summary>The answer to an <see cref="AllocationProblem"/>.</summary>
/// <param name="Best">The best schedule found; null: none that keeps the limits.</param>
/// <param name="Certificate">Exact: <paramref name="Best"/> is optimal or, if null, no schedule keeps the limits.</param>
public sealed record AllocationResult(Solution? Best, Certificate Certificate);
