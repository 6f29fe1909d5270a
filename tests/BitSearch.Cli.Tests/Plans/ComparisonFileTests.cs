using BitSearch.Cli.Plans;
using BitSearch.Comparison;
using BitSearch.Space;
using BitSearch.Torch.Tests;

namespace BitSearch.Cli.Tests.Plans;

public sealed class ComparisonFileTests
{
    private const string Text = """
        comparison: all of them
        seed: 3
        trials: 20
        seeds: 4
        noise: 0.01
        pattern: [free, decreasing]
        strategies: [exhaustive]
        problems: [additive, deceptive]
        """;

    [Fact]
    public void Everything_that_is_written_counts_and_random_is_always_there()
    {
        var design = Parse(Text);

        Assert.Equal(("all of them", 20, 4, 3UL), (design.Name, design.Trials, design.Seeds, design.Seed.Value));
        Assert.Equal(["additive", "deceptive"], design.Problems.Select(p => p.Name));
        Assert.Equal([SchedulePattern.Free, SchedulePattern.Decreasing], design.Patterns);
        Assert.Equal(["exhaustive", "random"], design.Strategies.Select(s => s.Name));
    }

    [Fact]
    public void What_is_not_written_is_every_strategy_and_the_free_pattern()
    {
        var design = Parse("{ comparison: c, problems: [additive] }");

        Assert.Equal(Components.Proposers.Names, design.Strategies.Select(s => s.Name));
        Assert.Equal([SchedulePattern.Free], design.Patterns);
        Assert.Equal((60, 10, 1UL), (design.Trials, design.Seeds, design.Seed.Value));
        Assert.Equal([SchedulePattern.Decreasing], Parse("{ comparison: c, pattern: decreasing, problems: [additive] }").Patterns);
    }

    [Fact]
    public void The_comparison_that_comes_along_is_right_and_names_every_kind_of_problem()
    {
        var design = ComparisonFile.Open(RepositoryFile.Path("search-spaces/comparison.yaml"));

        Assert.Superset(ComparisonShape.Landscapes.Names.ToHashSet(), design.Problems.Select(p => p.Name).ToHashSet());
        Assert.True(design.Seeds >= 10);
    }

    [Fact]
    public void The_schema_that_comes_along_is_what_comparisons_are_read_by() =>
        RepositoryFile.CheckGolden("search-spaces/comparison-schema.json", PlanSchema.Comparison);

    [Theory]
    [InlineData("trials: 20", "trails: 20", "c.yaml:3: trails: the key 'trails' is unknown; did you mean 'trials'? keys here are comparison, seed, trials, seeds, noise, pattern, strategies, problems")]
    [InlineData("seeds: 4", "seeds: 1", "c.yaml:4: seeds: '1' does not belong here; a whole number from 2 to 1000")]
    [InlineData("noise: 0.01", "noise: 1", "c.yaml:5: noise: '1' does not belong here; a number of at least 0 and below 1")]
    [InlineData("[free, decreasing]", "fre", "c.yaml:6: pattern: 'fre' does not belong here; did you mean 'free'? ")]
    [InlineData("[exhaustive]", "[exhaustiv]", "c.yaml:7: strategies[0]: 'exhaustiv' does not belong here; did you mean 'exhaustive'? ")]
    [InlineData("[additive, deceptive]", "[additive, aditive]", "c.yaml:8: problems[1]: 'aditive' does not belong here; did you mean 'additive'? additive, deceptive, free-wins, interacting or monotone-wins")]
    [InlineData("[additive, deceptive]", "[additive, additive]", "c.yaml:8: problems[1]: 'additive' is given twice, also in problems[0]; keep one of them, or change one")]
    [InlineData("[additive, deceptive]", "[]", "c.yaml:8: problems: the list is empty; a list of problems, at least one")]
    [InlineData("problems: [additive, deceptive]", "", "c.yaml:1: problems: the key is missing; a list of problems, at least one")]
    [InlineData("[additive, deceptive]", "[{ table: a.csv }]", "c.yaml:8: problems[0].plan: the key is missing; a study's plan (YAML)")]
    [InlineData("[additive, deceptive]", "[{ table: a.csv, plan: b.yaml }]", "c.yaml:8: problems[0].plan: /nowhere/b.yaml: cannot be read: ")]
    public void A_mistake_is_named_with_its_place_and_what_would_be_right(string old, string @new, string mistake)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        Assert.StartsWith(mistake, Assert.Single(Mistakes(Text.Replace(old, @new, StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_is_searched_in_the_space_of_its_plan()
    {
        using var folder = new TemporaryFolder();
        TableStudy.Write(folder.Root);
        var design = ComparisonFile.Parse(TableStudy.Comparison, "c.yaml", folder.Root);

        var source = Assert.Single(design.Problems);
        var free = source.Draw(SchedulePattern.Free, new Trials.Seed(1), []).Space;
        var same = source.Draw(SchedulePattern.Homogeneous, new Trials.Seed(1), []).Space;
        Assert.Equal("tiny", source.Name);
        Assert.Equal(PlanFile.Open(folder.PathOf("tiny.yaml")).Arms[0].Space.Enumerate(), free.Enumerate());
        Assert.Equal(free.Enumerate().Where(s => same.Contains(s)), same.Enumerate());
        Assert.InRange((int)same.Count(), 1, (int)free.Count() - 1);
    }

    [Fact]
    public void Mistakes_in_tables_and_measurements_are_named_in_the_line_of_the_comparison()
    {
        using var folder = new TemporaryFolder();
        TableStudy.Write(folder.Root, leaveOut: 1);
        var said = Assert.Throws<PlanException>(() => ComparisonFile.Parse(TableStudy.Comparison, "c.yaml", folder.Root)).Message;
        Assert.Matches(@"^c\.yaml:3: problems\[0\]\.table: .*trials\.csv: the schedule [0-9-]+ is not in the table; record every schedule of the space", said);

        said = Assert.Throws<PlanException>(() => ComparisonFile.Parse(
            TableStudy.Comparison.Replace("plan: tiny.yaml", "plan: tiny.yaml, measurements: [m.json]", StringComparison.Ordinal), "c.yaml", folder.Root)).Message;
        Assert.Equal($"c.yaml:3: problems[0].measurements: {folder.PathOf("m.json")}: is missing or is no measurement; a file that `bitsearch sensitivity` wrote", said);
    }

    private static ComparisonDesign Parse(string text) => ComparisonFile.Parse(text, "c.yaml", "/nowhere");

    private static IEnumerable<string> Mistakes(string text) => Assert.Throws<PlanException>(() => Parse(text)).Problems.Select(p => p.ToString());
}
