namespace BitSearch.Study;

/// <summary>What a rung's score is.</summary>
public enum RungKind
{
    /// <summary>Without training or images: how far quantization moves the starting weights.</summary>
    Proxy,

    /// <summary>The validation error of the starting weights, calibrated, with BatchNorm re-estimated.</summary>
    Start,

    /// <summary>The validation error in the middle of the training, with BatchNorm re-estimated.</summary>
    Steps,
}

/// <summary>A place at which a training is looked at before it is finished.</summary>
/// <param name="Kind">What its score is.</param>
/// <param name="Steps">After how many steps; for <see cref="RungKind.Steps"/> alone.</param>
public sealed record Rung(RungKind Kind, int Steps = 0)
{
    /// <summary><c>proxy</c>, <c>start</c> or <c>20 steps</c>.</summary>
    public override string ToString() => Kind == RungKind.Steps ? $"{Steps} steps" : Kind.ToString().ToLowerInvariant();
}

/// <summary>
/// Cheaper scores before the full one (successive halving: Jamieson and Talwalkar 2016; asynchronous: Li et al. 2020). A rung
/// looks at the training that goes on afterwards, and changes nothing in it: who is trained to the end gets the same result
/// as without a ladder.
/// </summary>
public sealed record LadderPlan
{
    /// <summary>The rungs in the order of climbing; full training follows the last.</summary>
    public EquatableArray<Rung> Rungs { get; init; }

    /// <summary>The share of an arm's schedules that climbs from each rung, above 0 up to 1.</summary>
    public double Keep { get; init; } = 0.5;

    /// <summary>The share of schedules that is trained to the end whatever its scores, 0 to 1: the rungs are measured by them.</summary>
    public double Audit { get; init; } = 0.1;

    /// <summary>A rung prunes only while the lower bound of its Kendall tau with the next one is at least this, -1 to 1.</summary>
    public double Tau { get; init; } = 0.2;

    /// <summary>How many validation images a rung's error is read on, the first ones; null: all.</summary>
    public int? Images { get; init; }
}
