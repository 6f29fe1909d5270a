using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Ablation;

/// <summary>What an ablation found: a function of its completed trials, its seed and its margin.</summary>
/// <param name="Rows">The completed trials.</param>
/// <param name="Comparisons">By budget and role, the mean over budgets first; each budget and role is a family of tests.</param>
/// <param name="Savings">The memory saved at equal accuracy.</param>
public sealed record AblationResult(IReadOnlyList<AblationRow> Rows, IReadOnlyList<ArmComparison> Comparisons, IReadOnlyList<MemorySaving> Savings)
{
    /// <summary>The budgets in their order.</summary>
    public IReadOnlyList<string> Budgets => [.. Rows.Select(r => r.Cell.Budget).Distinct()];

    /// <summary>The arms in their order.</summary>
    public IReadOnlyList<SchedulePattern> Patterns => [.. Rows.Select(r => r.Cell.Pattern).Distinct()];

    /// <summary>Analyses.</summary>
    /// <param name="rows">The completed trials in their order.</param>
    /// <param name="seed">The plan's.</param>
    /// <param name="margin">So many points of accuracy are no loss.</param>
    public static AblationResult Of(IReadOnlyList<AblationRow> rows, Seed seed, double margin)
    {
        var cells = rows.ToLookup(r => r.Cell);
        var budgets = rows.Select(r => r.Cell.Budget).Distinct().ToList();
        var others = rows.Select(r => r.Cell.Pattern).Distinct().Where(p => p != SchedulePattern.Decreasing).ToList();
        var comparisons =
            from role in Enum.GetValues<AblationRole>()
            from budget in budgets.Count > 1 ? budgets.Prepend((string?)null) : budgets
            from comparison in Family(cells, budget is null ? budgets : [budget], budget, role, others, seed)
            select comparison;
        return new AblationResult(rows, [.. comparisons], [.. SavingsOf(cells, budgets, seed, margin)]);
    }

    /// <summary>The rows that stand for an arm in comparisons of a role: the homogeneous arm has one schedule for both.</summary>
    public static AblationCell Standing(string budget, SchedulePattern pattern, AblationRole role) =>
        new(budget, pattern, pattern == SchedulePattern.Homogeneous ? AblationRole.Optimum : role);

    private static IReadOnlyList<ArmComparison> Family(
        ILookup<AblationCell, AblationRow> cells, IReadOnlyList<string> budgets, string? name, AblationRole role, List<SchedulePattern> others, Seed seed) =>
        ArmComparison.Corrected([.. others
            .Select(other => (Other: other, Differences: Differences(cells, budgets, role, other)))
            .Where(c => c.Differences.Count >= 2)
            .Select(c => ArmComparison.Of(name, role, c.Other, c.Differences, seed))]);

    // In each repeat that all the budgets have, the mean over them: seeds are the units, budgets share them.
    private static EquatableArray<double> Differences(
        ILookup<AblationCell, AblationRow> cells, IReadOnlyList<string> budgets, AblationRole role, SchedulePattern other)
    {
        var there = budgets.Where(b => cells[Standing(b, other, role)].Any()).ToList();
        var byBudget = there.Select(b => (
            from a in cells[new AblationCell(b, SchedulePattern.Decreasing, role)]
            join c in cells[Standing(b, other, role)] on a.Repeat equals c.Repeat
            select (a.Repeat, Points: 100 * (c.ErrorRate - a.ErrorRate))).ToDictionary(p => p.Repeat, p => p.Points)).ToList();
        return byBudget.Count == 0 ? [] :
        [
            .. byBudget[0].Keys.Order().Where(r => byBudget.TrueForAll(b => b.ContainsKey(r))).Select(r => byBudget.Average(b => b[r])),
        ];
    }

    private static IEnumerable<MemorySaving> SavingsOf(ILookup<AblationCell, AblationRow> cells, List<string> budgets, Seed seed, double margin) =>
        from budget in budgets
        let homogeneous = cells[new AblationCell(budget, SchedulePattern.Homogeneous, AblationRole.Optimum)].ToList()
        where homogeneous.Count > 0
        from pattern in cells.Select(c => c.Key.Pattern).Distinct()
        where pattern is not (SchedulePattern.Homogeneous or SchedulePattern.Shuffled)
        let smaller = budgets.Select(b => cells[new AblationCell(b, pattern, AblationRole.Optimum)].ToList())
            .Where(rows => rows.Count > 0 && rows[0].Size < homogeneous[0].Size)
            .DistinctBy(rows => rows[0].Schedule)
        let saving = MemorySaving.Of(homogeneous, [.. smaller], pattern, margin, seed)
        where saving is not null
        select saving;
}
