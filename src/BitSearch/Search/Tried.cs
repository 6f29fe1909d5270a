using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Search;

/// <summary>What a strategy need not say again.</summary>
internal static class Tried
{
    /// <summary>All schedules of the trials, finished or running, and those that they repair.</summary>
    public static HashSet<Schedule> In(TrialHistory history) =>
        [.. history.Schedules, .. history.Trials.Select(t => t.Proposed).OfType<Schedule>()];
}
