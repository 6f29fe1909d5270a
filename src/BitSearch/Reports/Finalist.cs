namespace BitSearch.Reports;

/// <summary>A schedule whose trials are read on the test split, one for each repeat.</summary>
/// <param name="Schedule">The schedule, with the reading of its first trial once there is one.</param>
/// <param name="Reasons">Why it is one, for people; at least one.</param>
public sealed record Finalist(ReportedSchedule Schedule, EquatableArray<string> Reasons);
