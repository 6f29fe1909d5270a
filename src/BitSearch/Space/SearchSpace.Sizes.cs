namespace BitSearch.Space;

public sealed partial record SearchSpace
{
    /// <summary>
    /// What the schedule takes in a measure: exactly what its <see cref="Ledger"/> says, from a table where the space allows
    /// its widths. Any other schedule of the network, such as full precision, has a footprint too.
    /// </summary>
    /// <exception cref="ArgumentException">The schedule has another number of points than the network.</exception>
    public MemorySize Footprint(Schedule schedule, BudgetMeasure of)
    {
        if (schedule.Count != Network.Points.Count || BrokenWidth(schedule) is not null)
        {
            return Ledger.Of(Network, schedule).Of(of);
        }

        var sum = Tree.Base;
        for (var level = 0; level < Tree.Depth; level++)
        {
            sum += Tree.Cost(level, schedule[Tree.Groups[level].First]);
        }

        return MemorySize.FromBytes(sum[of]);
    }

    /// <summary>The schedule with the smallest footprint under the pattern, whatever the budgets; the narrowest of several. Takes no time.</summary>
    public SizedSchedule Smallest(BudgetMeasure of) => Extreme(of, widest: false);

    /// <summary>The schedule with the largest footprint under the pattern, whatever the budgets; the widest of several. Takes no time.</summary>
    public SizedSchedule Largest(BudgetMeasure of) => Extreme(of, widest: true);

    /// <summary>The schedule with the largest footprint that keeps every budget; null if there is none.</summary>
    public SizedSchedule? Fullest(BudgetMeasure of) => new FullestSearch(Tree, of).Below(Root) is { } schedule ? Sized(schedule, of) : null;

    /// <summary>
    /// The mistake to report when no schedule keeps the budgets, with the nearest budget that one would keep; null if there
    /// is a schedule. Takes no time under one budget.
    /// </summary>
    /// <param name="place">Where the person wrote the budget.</param>
    public Problem? WhyEmpty(string place)
    {
        foreach (var budget in Budgets)
        {
            var smallest = Smallest(budget.Of).Footprint;
            if (smallest > budget.Limit)
            {
                return new Problem(
                    place,
                    $"no {Pattern.Name()} schedule of {Network.Name} fits: the {Name(budget.Of)} is limited to {budget.Limit}",
                    $"the smallest takes {smallest}, the largest {Largest(budget.Of).Footprint}");
            }
        }

        return Budgets.DistinctBy(b => b.Of).Count() > 1 && Count().IsZero
            ? new Problem(place, $"no {Pattern.Name()} schedule of {Network.Name} keeps all budgets together", "raise one of them")
            : null;
    }

    private SizedSchedule Sized(Schedule schedule, BudgetMeasure of) => new(schedule, Footprint(schedule, of));

    private SizedSchedule Extreme(BudgetMeasure of, bool widest)
    {
        var widths = new Bitwidth[Tree.Depth];
        var node = Tree.Root(Footprints.Unbounded);
        while (node.Level < Tree.Depth)
        {
            var (level, best) = (node.Level, Bound(node));
            (widths[level], _, node) = Tree.Children(node, widest).First(c => c.Cost[of] + Bound(c.Node) == best);
        }

        return Sized(Tree.Schedule(widths), of);

        long Bound(TreeNode n) => (widest ? Tree.Most(n) : Tree.Least(n))[of];
    }
}
