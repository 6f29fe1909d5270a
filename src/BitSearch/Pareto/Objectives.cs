namespace BitSearch.Pareto;

/// <summary>What a schedule is judged by; both are minimised.</summary>
/// <param name="Size">Memory, in any one unit.</param>
/// <param name="ErrorRate">Error rate, or any other loss.</param>
public readonly record struct Objectives(double Size, double ErrorRate);
