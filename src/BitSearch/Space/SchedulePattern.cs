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
}
