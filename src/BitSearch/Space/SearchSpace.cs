using System.Globalization;

namespace BitSearch.Space;

/// <summary>
/// All schedules of a network that follow a pattern and keep the budgets: the only place with budget arithmetic.
/// Equal by content; what is computed once (sizes, counts) is kept aside. Safe to use from several threads.
/// </summary>
/// <param name="Network">The network, its points carrying their allowed widths, ties and exemptions.</param>
/// <param name="Pattern">How widths relate along depth.</param>
/// <param name="Budgets">Hard limits; none: unlimited.</param>
public sealed partial record SearchSpace(NetworkDescription Network, SchedulePattern Pattern, EquatableArray<Budget> Budgets)
{
    private ScheduleTree? _tree;
    private ScheduleCounter? _counter;
    private CostTerm[]? _operations;
    private CostTerm[]? _peaks;

    private SearchSpace(SearchSpace original) =>
        (Network, Pattern, Budgets, Shuffles) = (original.Network, original.Pattern, original.Budgets, original.Shuffles);

    private ScheduleTree Tree => LazyInitializer.EnsureInitialized(ref _tree, () => new ScheduleTree(
        Network, new ScheduleWalk(Network, Pattern, Shuffles, Budgets.Select(b => b.Of))));

    /// <summary>The schedule whose widths <see cref="SchedulePattern.Shuffled"/> permutes, one width per point; null for other patterns.</summary>
    public Schedule? Shuffles { get; init; }

    /// <summary>All schedules that follow the rules and the pattern, with what their steps cost.</summary>
    internal ScheduleWalk UnlimitedWalk => Tree.Walk;

    private CostTerm[] Operations => LazyInitializer.EnsureInitialized(ref _operations, () => [.. CostTerm.Of(Network, BudgetMeasure.BitOperations)]);

    private CostTerm[] Peaks => LazyInitializer.EnsureInitialized(ref _peaks, () => [.. CostTerm.Of(Network, BudgetMeasure.Activations)]);

    private ScheduleCounter Counter => LazyInitializer.EnsureInitialized(ref _counter, () => new ScheduleCounter(Tree));

    private TreeNode Root => Tree.Root(Footprints.Limits(Budgets));

    /// <summary>The space that a plan's rules describe.</summary>
    /// <param name="network">The network as its author describes it: roles, and ties of projections to use or to drop.</param>
    /// <param name="rules">Widths and exceptions.</param>
    /// <param name="pattern">How widths relate along depth.</param>
    /// <param name="budgets">Hard limits; whether anything fits is not checked here, see <see cref="WhyEmpty(string)"/>.</param>
    /// <param name="shuffles">The schedule whose widths are permuted, for <see cref="SchedulePattern.Shuffled"/> alone.</param>
    /// <exception cref="PlanException">A rule matches nothing, leaves no width, or contradicts another.</exception>
    public static SearchSpace Of(
        NetworkDescription network, SpaceRules rules, SchedulePattern pattern, EquatableArray<Budget> budgets, Schedule? shuffles = null)
    {
        var points = new RuledPoints(network, rules, pattern);
        var ruled = network with { Points = points.Result() };
        var problems = points.Problems.ToList();
        if (problems.Count == 0)
        {
            problems.AddRange(PointGroup.Of(ruled.Points, pattern).Where(g => g.Widths.IsEmpty).Select(g => new Problem(
                "space",
                $"{string.Join(", ", g.Points.Select(i => ruled.Points[i].Name))} are tied and have no width in common",
                "give them a common width, or untie them")));
        }

        problems.AddRange(CheckShuffles(ruled, pattern, shuffles));
        var space = new SearchSpace(ruled, pattern, budgets) { Shuffles = shuffles };
        if (problems.Count == 0 && space.CountUnlimited().IsZero)
        {
            problems.Add(new Problem(
                "space.widths",
                $"no schedule is {pattern.Name()}: the widths of single points exclude each other",
                "widen space.overrides for this pattern, or exempt those layers from it"));
        }

        return problems.Count == 0 ? space : throw new PlanException(problems);
    }

    private static IEnumerable<Problem> CheckShuffles(NetworkDescription network, SchedulePattern pattern, Schedule? shuffles)
    {
        if (pattern == SchedulePattern.Shuffled != shuffles is not null)
        {
            yield return shuffles is null
                ? new Problem("pattern", "shuffled says nothing of what is shuffled", "give shuffles: a schedule, such as 8-4-4-2")
                : new Problem("shuffles", $"the pattern is {pattern.Name()}", "pattern: shuffled, or leave the key out");
        }
        else if (shuffles is not null && shuffles.Count != network.Points.Count)
        {
            yield return new Problem("shuffles", $"{shuffles} has {shuffles.Count} widths", $"{network.Points.Count}, one for each point of {network.Name}: its weights, then its activations");
        }
    }

    /// <summary>Equality of network, pattern, budgets and what is shuffled.</summary>
    public bool Equals(SearchSpace? other) =>
        other is not null && Network == other.Network && Pattern == other.Pattern && Budgets == other.Budgets && Shuffles == other.Shuffles;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Network, Pattern, Budgets);

    /// <summary>For people: <c>resnet20, decreasing, artifact at most 65,536 bytes (64.00 KiB)</c>.</summary>
    public override string ToString() => string.Join(
        ", ", [Network.Name, Pattern.Name(), .. Budgets.Select(b => $"{b.Of.Name()} at most {Text(b.Of, b.Most)}")]);

    /// <summary>Whether the schedule follows the rules and the pattern and keeps every budget.</summary>
    public bool Contains(Schedule schedule) => WhyNot(schedule) is null;

    /// <summary>Why the schedule is outside the space, for people; null if it is inside.</summary>
    public string? WhyNot(Schedule schedule) => schedule.Count != Network.Points.Count
        ? string.Create(CultureInfo.InvariantCulture, $"it has {schedule.Count} widths, {Network.Name} has {Network.Points.Count} points")
        : BrokenWidth(schedule) ?? BrokenPattern(schedule) ?? BrokenBudget(schedule);

    private string Text(BudgetMeasure of, long amount) => of.Text(amount, Network);

    private string? BrokenWidth(Schedule schedule)
    {
        for (var i = 0; i < schedule.Count; i++)
        {
            if (!Network.Points[i].Widths.Contains(schedule[i]))
            {
                return $"{Network.Points[i].Name} has {schedule[i]} bits; allowed are {string.Join(", ", Network.Points[i].Widths)}";
            }
        }

        var torn = Tree.Groups.FirstOrDefault(g => g.Points.Any(p => schedule[p] != schedule[g.First]));
        return torn is null ? null
            : $"{string.Join(", ", torn.Points.Select(p => $"{Network.Points[p].Name} ({schedule[p]})"))} are tied, so their widths are the same";
    }

    private string? BrokenPattern(Schedule schedule)
    {
        var (walk, states) = (Tree.Walk.Pattern, new Dictionary<PointKind, int>());
        foreach (var (level, group) in Tree.Groups.Index())
        {
            var (state, width) = (states.GetValueOrDefault(group.Kind), schedule[group.First]);
            if (!walk.Allows(level, state, width))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Network.Points[group.First].Name} has {width} bits {walk.Conflict(state)}, which is not {Pattern.Name()}");
            }

            states[group.Kind] = walk.After(level, state, width);
        }

        return null;
    }

    private string? BrokenBudget(Schedule schedule) => Budgets
        .Where(b => Amount(schedule, b.Of) > b.Most)
        .Select(b => $"its {b.Of.Name()} is {Text(b.Of, Amount(schedule, b.Of))}; the budget is {Text(b.Of, b.Most)}")
        .FirstOrDefault();
}
