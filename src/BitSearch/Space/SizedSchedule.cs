namespace BitSearch.Space;

/// <summary>A schedule and what it takes in one measure.</summary>
/// <param name="Schedule">The widths.</param>
/// <param name="Amount">Bits, or bit operations.</param>
public sealed record SizedSchedule(Schedule Schedule, long Amount)
{
    /// <summary>The amount as memory, where the measure is about memory.</summary>
    public MemorySize Footprint => new(Amount);
}
