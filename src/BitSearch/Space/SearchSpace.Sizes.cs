namespace BitSearch.Space;

public sealed partial record SearchSpace
{
    /// <summary>
    /// What the schedule takes in a measure of memory: of the artifact and its weights exactly what its <see cref="Ledger"/>
    /// says. Any schedule of the network has a footprint, such as full precision, allowed here or not.
    /// </summary>
    /// <exception cref="ArgumentException">The schedule has another number of points than the network.</exception>
    /// <exception cref="InvalidOperationException">The measure is not about memory.</exception>
    public MemorySize Footprint(Schedule schedule, BudgetMeasure of) => new Budget(Amount(schedule, of), of).Limit;

    /// <summary>What a budget of this measure is compared with: bits, or bit operations.</summary>
    /// <exception cref="ArgumentException">The schedule has another number of points than the network.</exception>
    public long Amount(Schedule schedule, BudgetMeasure of)
    {
        if (schedule.Count != Network.Points.Count)
        {
            throw new ArgumentException(WhyNot(schedule), nameof(schedule));
        }

        var sum = Tree.Base;
        if (of is BudgetMeasure.BitOperations or BudgetMeasure.Activations)
        {
            foreach (var term in of == BudgetMeasure.BitOperations ? Operations : Peaks)
            {
                sum += term.Cost(point => schedule[point].Bits);
            }

            return sum[of];
        }

        for (var point = 0; point < schedule.Count; point++)
        {
            sum += CostTerm.Of(Network, Network.Points[point], schedule[point]);
        }

        return sum[of];
    }

    /// <summary>The schedule with the smallest footprint under the pattern, whatever the budgets; the narrowest of several. Takes no time.</summary>
    public SizedSchedule Smallest(BudgetMeasure of) => Tracking(of).Extreme(of, widest: false);

    /// <summary>The schedule with the largest footprint under the pattern, whatever the budgets; the widest of several. Takes no time.</summary>
    public SizedSchedule Largest(BudgetMeasure of) => Tracking(of).Extreme(of, widest: true);

    /// <summary>The schedule with the largest footprint that keeps every budget; null if there is none.</summary>
    public SizedSchedule? Fullest(BudgetMeasure of) =>
        Tracking(of) is var space && new ExtremeSearch(space.Tree, of, most: true).Below(space.Root) is { } schedule ? Sized(schedule, of) : null;

    /// <summary>The schedule with the smallest footprint that keeps every budget; null if there is none.</summary>
    public SizedSchedule? Leanest(BudgetMeasure of) =>
        Tracking(of) is var space && new ExtremeSearch(space.Tree, of, most: false).Below(space.Root) is { } schedule ? Sized(schedule, of) : null;

    /// <summary>
    /// The mistake to report when no schedule keeps the budgets, with the nearest budget that one would keep; null if there
    /// is a schedule. Takes no time under one budget.
    /// </summary>
    /// <param name="place">Where the person wrote the budget.</param>
    public Problem? WhyEmpty(string place) => WhyEmpty(_ => place);

    /// <summary>The same, with a place for each budget.</summary>
    /// <param name="place">Where the person wrote a budget; of null: where all of them are.</param>
    public Problem? WhyEmpty(Func<Budget?, string> place)
    {
        foreach (var budget in Budgets)
        {
            var smallest = Smallest(budget.Of).Amount;
            if (smallest > budget.Most)
            {
                return new Problem(
                    place(budget),
                    $"no {Pattern.Name()} schedule of {Network.Name} fits: the {budget.Of.Name()} is limited to {Text(budget.Of, budget.Most)}",
                    $"the smallest takes {Text(budget.Of, smallest)}, the largest {Text(budget.Of, Largest(budget.Of).Amount)}");
            }
        }

        return Budgets.DistinctBy(b => b.Of).Count() > 1 && Leanest(Budgets[0].Of) is null
            ? new Problem(place(null), $"no {Pattern.Name()} schedule of {Network.Name} keeps all budgets together", Remedies())
            : null;
    }

    // What each budget would have to be for the others to be kept.
    private string Remedies()
    {
        var remedies =
            from budget in Budgets
            let others = this with { Budgets = Budgets.Where(b => b.Of != budget.Of).ToEquatableArray() }
            let least = others.Leanest(budget.Of)
            where least is not null
            select $"{budget.Of.Name()} of at least {Text(budget.Of, least.Amount)}";
        return remedies.Distinct().ToList() is { Count: > 0 } any ? $"with the others as they are, {string.Join(", or ", any)}" : "raise more than one of them";
    }

    // Bit operations and live activations tie groups to each other, so the tree knows them where a budget asks for them alone.
    private SearchSpace Tracking(BudgetMeasure of) => of is not (BudgetMeasure.BitOperations or BudgetMeasure.Activations) || Budgets.Any(b => b.Of == of)
        ? this
        : this with { Budgets = [.. Budgets, new Budget(long.MaxValue, of)] };

    private SizedSchedule Sized(Schedule schedule, BudgetMeasure of) => new(schedule, Amount(schedule, of));

    private SizedSchedule Extreme(BudgetMeasure of, bool widest)
    {
        var widths = new Bitwidth[Tree.Depth];
        var node = Tree.Root(Footprints.Unbounded);
        while (node.Level < Tree.Depth)
        {
            var (level, best) = (node.Level, Bound(node)[of]);
            (widths[level], _, node) = Tree.Children(node, widest).First(c => (c.Cost + Bound(c.Node))[of] == best);
        }

        return Sized(Tree.Schedule(widths), of);

        Footprints Bound(TreeNode n) => widest ? Tree.Most(n) : Tree.Least(n);
    }
}
