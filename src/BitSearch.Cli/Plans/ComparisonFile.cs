using BitSearch.Comparison;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Trials;

namespace BitSearch.Cli.Plans;

/// <summary>Reads comparisons of strategies from YAML, with the tables that they name; all mistakes are reported at once.</summary>
internal static class ComparisonFile
{
    /// <summary>Reads a comparison and works it out.</summary>
    /// <param name="path">As the person named it; so it is in messages.</param>
    /// <exception cref="PlanException">The file cannot be read, or with every mistake in it.</exception>
    public static ComparisonDesign Open(string path) => Parse(
        PlanDocument.Text(path, "search-spaces/comparison.yaml"), path, Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Reads a comparison's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <exception cref="PlanException">With every mistake.</exception>
    public static ComparisonDesign Parse(string text, string name, string folder) => PlanDocument.Parse(text, name, folder, ComparisonShape.Plan, Design);

    private static ComparisonDesign? Design(ComparisonPlan plan, PlanReading reading)
    {
        if (!reading.IsFine("problems") || !reading.IsFine("pattern"))
        {
            return null;
        }

        var network = QuantizerPair.Of(new QuantizerPlan()).Describe(
            NetworkFactory.Catalog.Create("resnet20", "network").Describe(NetworkSpec.Of(new NetworkPlan("resnet20"), (3, 32, 32), 10)));
        var problems = plan.Problems.Select((p, i) => (IProblemSource?)(p.Table is not null
            ? Table(p, plan.Patterns, $"problems[{i}]", reading)
            : new SyntheticSource(p.Kind, ComparisonShape.Landscapes.Create(p.Kind, $"problems[{i}]"), network, plan.Noise))).OfType<IProblemSource>().ToList();
        if (problems.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
        {
            reading.Wrong("problems", $"two tables are of studies called '{twice}'", "a name each: results are kept under it");
        }

        var names = plan.Strategies.Count > 0 ? plan.Strategies : Components.Proposers.Names;
        var strategies = names.Append(ComparisonDesign.Baseline).Distinct().Order(StringComparer.Ordinal)
            .Select(n => (n, Components.Proposers.Create(n, "strategies"))).ToList();
        return new ComparisonDesign(plan.Name, problems, plan.Patterns, strategies, plan.Trials, plan.Seeds, new Seed(plan.Seed));
    }

    private static TableSource? Table(ProblemPlan problem, EquatableArray<SchedulePattern> patterns, string place, PlanReading reading)
    {
        var field = $"{place}.plan";
        try
        {
            var study = PlanFile.Open(problem.Plan);
            if (study.Plan.Space.Overrides.Any(o => o.Patterns.Count > 0) && patterns.FirstOrDefault(p => Arm(study, p) is null, (SchedulePattern)(-1)) is >= 0 and var lacking)
            {
                reading.Wrong(field, $"its overrides hold under some patterns alone, and it has no arm that is {lacking.Name()}", $"compare under its arms' patterns: {string.Join(", ", study.Arms.Select(a => a.Space.Pattern.Name()).Distinct())}");
                return null;
            }

            field = $"{place}.measurements";
            var measured = new Measurements(problem.Measurements.Select(Measured).DistinctBy(m => m.Name));
            field = $"{place}.table";
            var table = ScheduleTable.Read(PlanDocument.Text(problem.Table!, "results/quickstart/trials.csv"), problem.Table!);
            return new TableSource(study.Plan.Name, p => Arm(study, p) ?? study.Arms[0].Space with { Pattern = p }, table, measured);
        }
        catch (PlanException e)
        {
            reading.Wrong(e.Problems.Select(p => new Problem(field, $"{p.Place}: {p.Wrong}", p.Right)));
            return null;
        }
    }

    private static SearchSpace? Arm(PlannedStudy study, SchedulePattern pattern) => study.Arms.FirstOrDefault(a => a.Space.Pattern == pattern)?.Space;

    private static Measurement Measured(string path) => MeasurementFile.Find(path)?.Measurement
        ?? throw new PlanException(path, "is missing or is no measurement", "a file that `bitsearch sensitivity` wrote");
}
