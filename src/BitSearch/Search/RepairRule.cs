namespace BitSearch.Search;

/// <summary>What becomes of a proposal that is outside the space, or that was made before.</summary>
public enum RepairRule
{
    /// <summary>The nearest schedule: the fewest bits away over all points, ties broken by the proposal's own stream.</summary>
    Nearest,

    /// <summary>
    /// As HAQ does (Wang et al. 2019, its published code): from the last layer to the first each loses one width, again and
    /// again, until the budget is kept. It writes a decreasing prior into what it repairs, which is why it is offered: to
    /// show that (and that the nearest writes a stronger one where large layers are late: docs/strategies-measured.md). What is still outside the space, or was made before, goes to the nearest.
    /// </summary>
    LastLayerFirst,
}
