namespace BitSearch.Ablation;

/// <summary>How a schedule stands for its pattern.</summary>
public enum AblationRole
{
    /// <summary>The pattern's least sensitive schedule within the band: the best that one would choose without training.</summary>
    Optimum,

    /// <summary>A schedule drawn uniformly from the pattern's schedules within the band, another one for each repeat.</summary>
    Sample,
}

/// <summary>What people call roles.</summary>
public static class AblationRoles
{
    /// <summary>The name in files and reports.</summary>
    public static string Name(this AblationRole role) => role == AblationRole.Optimum ? "optimum" : "sample";

    /// <summary>The name of several.</summary>
    public static string Plural(this AblationRole role) => role == AblationRole.Optimum ? "proxy optima" : "uniform samples";
}
