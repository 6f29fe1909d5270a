namespace BitSearch.Study;

/// <summary>
/// How shared weights are trained: one network whose layers serve every allowed width, by the sandwich rule (Yu and Huang
/// 2019, section 3): each step sees the widest schedule, the narrowest one and random ones.
/// </summary>
public sealed record SharedPlan
{
    /// <summary>Optimizer, rate, steps, batches and data; starts from full-precision weights.</summary>
    public Recipe Recipe { get; init; } = new();

    /// <summary>Random schedules a step, not negative; 2 by default.</summary>
    public int Random { get; init; } = 2;
}
