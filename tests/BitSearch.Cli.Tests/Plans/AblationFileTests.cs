using BitSearch.Cli.Plans;
using BitSearch.Space;

namespace BitSearch.Cli.Tests.Plans;

public sealed class AblationFileTests
{
    public static TheoryData<string> ThatComeAlong =>
        [.. Directory.EnumerateFiles(RepositoryFile.Path("search-spaces"), "ablation-*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(ThatComeAlong))]
    public void The_ablations_that_come_along_are_right_and_have_seeds_enough_to_show_something(string file)
    {
        var plan = AblationFile.Open(RepositoryFile.Path($"search-spaces/{file}")).Plan;

        Assert.Equal(Path.GetFileNameWithoutExtension(file), plan.Study.Name);
        Assert.True((plan.Patterns.Count - 1) * Math.Pow(2, 1 - plan.Repeats) < 0.05, $"{plan.Repeats} repeats");
    }

    [Fact]
    public void Decreasing_is_always_there_and_first() => Assert.Equal(
        [SchedulePattern.Decreasing, SchedulePattern.Free],
        AblationFile.Parse("""
            ablation: a
            data: { name: digits }
            network: { name: lenet5, baseline: { epochs: 1 } }
            space: { widths: [2, 4] }
            budgets: [as 2 bits]
            arms: [free]
            """, "a.yaml", "/nowhere").Plan.Patterns);

    [Fact]
    public void Everything_in_the_plan_is_in_its_fields_but_where_files_lie()
    {
        var fields = AblationFile.Open(RepositoryFile.Path("search-spaces/ablation-resnet20.yaml")).Fields;

        Assert.Equal("as 2 bits, as 3 bits, as 4 bits", fields["budgets"]);
        Assert.Equal(
            ["ablation", "seed", "data", "network", "quantizer", "space", "training", "budgets", "tolerance", "proxy", "arms", "repeats", "margin"],
            fields.Keys.Select(k => k.Split('.')[0]).Distinct());
        Assert.DoesNotContain("network.weights", fields.Keys);
    }

    [Fact]
    public void The_schema_that_comes_along_is_what_ablations_are_read_by() =>
        RepositoryFile.CheckGolden("search-spaces/ablation-schema.json", PlanSchema.Ablation);
}
