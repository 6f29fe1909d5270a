using BitSearch.Space;

namespace BitSearch.Ablation;

/// <summary>An arm's schedules at one budget, all within the band.</summary>
/// <param name="Pattern">The arm.</param>
/// <param name="Optima">
/// The least sensitive one; of the shuffled arm, the decreasing one's widths in another order for each repeat. Empty: the arm has no
/// schedule within the band.
/// </param>
/// <param name="Samples">One drawn uniformly for each repeat; empty for the homogeneous arm, which has one schedule.</param>
public sealed record MatchedArm(SchedulePattern Pattern, EquatableArray<Schedule> Optima, EquatableArray<Schedule> Samples)
{
    /// <summary>Whether the optimum is proven; else it is the least sensitive of a sample.</summary>
    public bool IsProven { get; init; } = true;

    /// <summary>What is trained in a repeat; null: nothing.</summary>
    public Schedule? Of(AblationRole role, int repeat)
    {
        var schedules = role == AblationRole.Optimum ? Optima : Samples;
        return schedules.Count == 0 ? null : schedules[repeat % schedules.Count];
    }

    /// <summary>Why there is no schedule, for people; null if there is one.</summary>
    public string? WhyEmpty { get; init; }
}

/// <summary>A budget of an ablation and what is trained there.</summary>
/// <param name="Name">As written.</param>
/// <param name="Limit">What no schedule exceeds: where a homogeneous schedule is near below the budget, its exact size.</param>
/// <param name="Least">What every schedule takes at least.</param>
/// <param name="Arms">The arms.</param>
public sealed record MatchedBudget(string Name, MemorySize Limit, MemorySize Least, EquatableArray<MatchedArm> Arms);
