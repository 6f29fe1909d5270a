namespace BitSearch.Pareto;

/// <summary>When one point is better than another.</summary>
public static class Dominance
{
    /// <summary>Whether <paramref name="a"/> is at most as large and at most as wrong as <paramref name="b"/>, and not equal to it.</summary>
    public static bool Dominates(this Objectives a, Objectives b) => a.Size <= b.Size && a.ErrorRate <= b.ErrorRate && a != b;
}
