using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Ablation;

/// <summary>Everything that an ablation trains, a function of its plan and the proxy's measurement.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Budgets">What is trained at each budget.</param>
public sealed record AblationDesign(AblationPlan Plan, EquatableArray<MatchedBudget> Budgets)
{
    /// <summary>Matches every arm at every budget.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="spaces">A space for each pattern but shuffled, without budgets of memory.</param>
    /// <param name="measurement">The proxy.</param>
    /// <exception cref="PlanException">A budget is none, the proxy lacks a value, or decreasing has no schedule at a budget.</exception>
    public static AblationDesign Of(AblationPlan plan, IReadOnlyList<SearchSpace> spaces, Measurement measurement)
    {
        var budgets = plan.Budgets.Select((text, i) => Match(plan, text, $"budgets[{i}]", spaces, measurement)).ToEquatableArray();
        var empty = budgets.Select((b, i) => (b, i)).Where(b => b.b.Arms[0].Optima.Count == 0)
            .Select(b => new Problem($"budgets[{b.i}]", b.b.Arms[0].WhyEmpty!, "another budget, or a larger tolerance")).ToList();
        return empty.Count == 0 ? new AblationDesign(plan, budgets) : throw new PlanException(empty);
    }

    /// <summary>The trials in their order: one repeat of all cells after another, so that a study stopped early is balanced.</summary>
    public IReadOnlyList<GivenTrial> Trials() =>
    [
        .. from repeat in Enumerable.Range(0, Plan.Repeats)
           from budget in Budgets
           from role in Enum.GetValues<AblationRole>()
           from arm in budget.Arms
           let schedule = arm.Of(role, repeat)
           where schedule is not null
           select new GivenTrial(new AblationCell(budget.Name, arm.Pattern, role).Arm, schedule, repeat),
    ];

    private static MatchedBudget Match(AblationPlan plan, string text, string place, IReadOnlyList<SearchSpace> spaces, Measurement measurement)
    {
        var limit = Snapped(plan, BudgetText.Resolve(text, BudgetMeasure.Artifact, spaces[0], place).Limit, spaces[0]);
        var least = MemorySize.FromBytes((long)Math.Ceiling(limit.Bytes * (1 - plan.Tolerance)));
        var matcher = new ScheduleMatcher(measurement, least, new Seed(plan.Study.Seed));
        SearchSpace Under(SchedulePattern pattern)
        {
            var space = spaces.First(s => s.Pattern == pattern);
            return space with { Budgets = [new Budget(limit, BudgetMeasure.Artifact), .. space.Budgets.Where(b => b.Of != BudgetMeasure.Artifact)] };
        }

        var decreasing = matcher.Match(Under(SchedulePattern.Decreasing), plan.Repeats, $"{text}/decreasing");
        return new MatchedBudget(text, limit, least,
        [
            decreasing,
            .. plan.Patterns.Where(p => p != SchedulePattern.Decreasing).Select(pattern => pattern == SchedulePattern.Shuffled
                ? Shuffled(plan, matcher, Under(SchedulePattern.Decreasing), decreasing, text)
                : matcher.Match(Under(pattern), pattern == SchedulePattern.Homogeneous ? 0 : plan.Repeats, $"{text}/{pattern.Name()}")),
        ]);
    }

    // The homogeneous schedules are few: where none lies in the band below the budget, the others are matched to the next smaller one.
    private static MemorySize Snapped(AblationPlan plan, MemorySize asked, SearchSpace space)
    {
        var sizes = space.HomogeneousWidths.Select(w => space.Homogeneous(w)).OfType<Schedule>()
            .Select(s => space.Footprint(s, BudgetMeasure.Artifact)).Where(s => s <= asked).ToList();
        return sizes.Count == 0 || !plan.Patterns.Contains(SchedulePattern.Homogeneous) ? asked : sizes.Max();
    }

    // The same widths in other orders: of the decreasing optimum one for each repeat, and one of each decreasing sample.
    private static MatchedArm Shuffled(AblationPlan plan, ScheduleMatcher matcher, SearchSpace space, MatchedArm decreasing, string budget)
    {
        Schedule Other(Schedule schedule, string purpose) => Others(schedule, 1, purpose) is [var drawn] ? drawn : schedule;
        EquatableArray<Schedule> Others(Schedule schedule, int count, string purpose) =>
            matcher.Samples(space with { Pattern = SchedulePattern.Shuffled, Shuffles = schedule }, count, $"{budget}/shuffled/{purpose}", except: schedule);
        return decreasing.Optima.Count == 0
            ? new MatchedArm(SchedulePattern.Shuffled, [], []) { WhyEmpty = "there is no decreasing schedule to shuffle" }
            : new MatchedArm(
                SchedulePattern.Shuffled,
                Others(decreasing.Optima[0], plan.Repeats, "optimum"),
                [.. decreasing.Samples.Select((s, i) => Other(s, FormattableString.Invariant($"{i}")))]);
    }
}
