namespace BitSearch.Space;

/// <summary>
/// All schedules of a network that follow a pattern and keep the budgets: the only place with budget arithmetic.
/// </summary>
/// <param name="Network">The network, its points carrying their allowed widths, ties and exemptions.</param>
/// <param name="Pattern">How widths relate along depth.</param>
/// <param name="Budgets">Hard limits; none: unlimited.</param>
public sealed partial record SearchSpace(NetworkDescription Network, SchedulePattern Pattern, EquatableArray<Budget> Budgets)
{
    /// <summary>The space that a plan's rules describe.</summary>
    /// <exception cref="PlanException">A rule matches nothing, leaves no width, or contradicts another.</exception>
    public static SearchSpace Of(NetworkDescription network, SpaceRules rules, SchedulePattern pattern, EquatableArray<Budget> budgets) =>
        throw new NotImplementedException();
}
