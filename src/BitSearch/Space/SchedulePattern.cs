namespace BitSearch.Space;

/// <summary>
/// How the widths of the points that follow the pattern relate along depth, weights and activations each among
/// themselves. A property of the space, not of a strategy.
/// </summary>
public enum SchedulePattern
{
    /// <summary>Any width anywhere.</summary>
    Free,

    /// <summary>One width for all.</summary>
    Homogeneous,

    /// <summary>Never more bits than the layer before (Chu et al. 2021).</summary>
    Decreasing,

    /// <summary>Never fewer bits than the layer before: the control.</summary>
    Increasing,

    /// <summary>
    /// Never more bits than any smaller layer; layers of one size are free among each other. By elements, blind to depth: the
    /// control for layers that grow with depth. A tie group is as large as its largest point.
    /// </summary>
    BySize,

    /// <summary>The widths of a given schedule, permuted among the layers: the control for the choice of widths, whatever their order.</summary>
    Shuffled,
}

/// <summary>What people call patterns.</summary>
public static class SchedulePatterns
{
    /// <summary>The name in plans and reports.</summary>
    public static string Name(this SchedulePattern pattern) =>
        pattern == SchedulePattern.BySize ? "by-size" : pattern.ToString().ToLowerInvariant();

    /// <summary>The pattern with that <see cref="Name"/>.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static SchedulePattern Parse(string name)
    {
        foreach (var pattern in Enum.GetValues<SchedulePattern>())
        {
            if (pattern.Name() == name)
            {
                return pattern;
            }
        }

        throw new FormatException($"'{name}' is no pattern");
    }
}
