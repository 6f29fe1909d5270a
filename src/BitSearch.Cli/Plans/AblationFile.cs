using BitSearch.Ablation;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Cli.Plans;

/// <summary>Reads ablations from YAML, reporting all mistakes at once.</summary>
internal static class AblationFile
{
    /// <summary>Reads a plan and what it means.</summary>
    /// <param name="path">As the person named it; so it is in messages.</param>
    /// <exception cref="PlanException">The file cannot be read, or with every mistake in it.</exception>
    public static PlannedAblation Open(string path) => Parse(
        PlanDocument.Text(path, "search-spaces/ablation-resnet20.yaml"), path, Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Reads a plan's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <exception cref="PlanException">With every mistake.</exception>
    public static PlannedAblation Parse(string text, string name, string folder) =>
        PlanDocument.Parse(text, name, folder, AblationShape.Plan, (plan, reading) => Check(plan, reading, text));

    private static PlannedAblation? Check(AblationPlan plan, PlanReading reading, string text)
    {
        if (reading.IsFine("proxy") && Components.Proposers.Create(plan.Proxy, "proxy") is not AllocationProposer)
        {
            reading.Wrong("proxy", $"{plan.Proxy} ranks no schedules by a measurement", $"one of {string.Join(", ", Rankers())}");
            return null;
        }

        EquatableArray<SchedulePattern> patterns = [SchedulePattern.Decreasing, .. plan.Patterns.Where(p => p != SchedulePattern.Decreasing)];
        var arms = patterns.Where(p => p != SchedulePattern.Shuffled).Select(p => new ArmPlan(p.Name(), p, plan.Proxy, 1));
        if (PlanChecks.Check(plan.Study with { Arms = [.. arms] }, reading, text) is not { } study || !reading.IsFine("budgets"))
        {
            return null;
        }

        var problems = new List<Problem>();
        foreach (var (i, budget) in plan.Budgets.Index())
        {
            BudgetText.Resolve(budget, BudgetMeasure.Artifact, study.Arms[0].Space, $"budgets[{i}]", problems);
        }

        reading.Wrong(problems);
        return problems.Count > 0 ? null : new PlannedAblation(plan with { Study = study.Plan, Patterns = patterns }, study);
    }

    private static IEnumerable<string> Rankers() => Components.Proposers.All().Where(p => p.Component is AllocationProposer).Select(p => p.Name);
}
