using BitSearch.Study;

namespace BitSearch.Reports;

/// <summary>What one arm did and found.</summary>
/// <param name="Name">The arm; the baselines are one too.</param>
/// <param name="Plan">What the plan says of it; null for the baselines.</param>
public sealed record ArmReport(string Name, ArmPlan? Plan)
{
    /// <summary>All of its trials, running ones included.</summary>
    public required int Trials { get; init; }

    /// <summary>Completed trials, copies included.</summary>
    public required int Completed { get; init; }

    /// <summary>Pruned trials.</summary>
    public required int Pruned { get; init; }

    /// <summary>Failed trials.</summary>
    public required int Failed { get; init; }

    /// <summary>Trials that another arm had evaluated before.</summary>
    public required int Copies { get; init; }

    /// <summary>Schedules that are repairs of what the strategy had proposed.</summary>
    public required int Repaired { get; init; }

    /// <summary>
    /// Where repairs changed widths: the mean depth of all changed points, 0 at the first layer and 1 at the last; null
    /// without repairs. A repair that is blind to depth stays near the mean depth of the points.
    /// </summary>
    public required double? RepairDepth { get; init; }

    /// <summary>The time its own evaluations took.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Its schedules that no other of the arm dominates, by ascending size.</summary>
    public required EquatableArray<ReportedSchedule> Front { get; init; }

    /// <summary>Its best within the study's budget.</summary>
    public required ReportedSchedule? Best { get; init; }

    /// <summary>
    /// The hypervolume after its first, second, ... schedule with an ended trial, as a share 0..1 of the reference
    /// rectangle; failures and prunings count as schedules tried, so arms compare at equal effort.
    /// </summary>
    public required EquatableArray<double> HypervolumeBySchedule { get; init; }

    /// <summary>The hypervolume after all of its schedules, 0..1.</summary>
    public double Hypervolume => HypervolumeBySchedule.Count == 0 ? 0 : HypervolumeBySchedule[^1];
}
