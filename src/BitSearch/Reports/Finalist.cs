namespace BitSearch.Reports;

/// <summary>A schedule whose first trial is read on the test split.</summary>
/// <param name="Schedule">The schedule, with its reading once there is one.</param>
/// <param name="Reasons">Why it is one, for people; at least one.</param>
public sealed record Finalist(ReportedSchedule Schedule, EquatableArray<string> Reasons);
