namespace BitSearch.Space;

/// <summary>A schedule and what it takes.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Footprint">Its memory in the measure that was asked for.</param>
public sealed record SizedSchedule(Schedule Schedule, MemorySize Footprint);
