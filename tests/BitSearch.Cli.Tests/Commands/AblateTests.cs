using System.Text.Json;
using BitSearch.Torch.Tests;

namespace BitSearch.Cli.Tests.Commands;

public sealed class AblateTests
{
    private const string Plan = """
        ablation: tiny
        data: { name: digits }
        network:
          name: lenet5
          width: 0.25
          baseline: { learningRate: 0.05, epochs: 1, batch: 32 }
        space: { widths: [1, 2, 4], activations: 8 }
        budgets: [as 2 bits]
        tolerance: 0.1
        arms: [increasing, homogeneous, shuffled]
        repeats: 3
        training: { learningRate: 0.01, steps: 5, batch: 32 }
        """;

    private static readonly string[] Files = ["ablation.json", "ablation.md", "environment.json", "forest.png", "front.png", "plan.yaml", "report.html", "trials.csv", "widths.png"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_trained_compared_and_written_and_a_second_run_trains_nothing_and_writes_the_same()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("tiny.yaml"), Plan, Token);
        var first = await BitSearchProcess.RunAsync(folder.Root, "ablate", "tiny.yaml");
        var before = Contents(folder);
        var second = await BitSearchProcess.RunAsync(folder.Root, "ablate", "tiny.yaml", "--json");

        Assert.Equal((0, ""), (first.Exit, first.Error));
        Assert.Contains("as 2 bits: every schedule has ", first.Out, StringComparison.Ordinal);
        Assert.Contains("proxy optima: ", first.Out, StringComparison.Ordinal);
        Assert.Equal(Files, before.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0, second.Exit);
        Assert.Contains("22 trials planned, 22 finished before", second.Error, StringComparison.Ordinal);
        Assert.Equal(before, Contents(folder));
        Assert.Equal(before["ablation.json"], second.Out);
        using var json = JsonDocument.Parse(second.Out);
        Assert.Equal(["decreasing", "increasing", "homogeneous", "shuffled"], json.RootElement.GetProperty("patterns").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(6, json.RootElement.GetProperty("comparisons").GetArrayLength());
        Assert.Contains("3 seeds cannot show any", first.Out, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", before["report.html"], StringComparison.Ordinal);
        Assert.Equal(1 + 22, File.ReadLines(folder.PathOf("results/tiny/trials.csv")).Count());
    }

    [Fact]
    public async Task Any_number_of_workers_gives_the_same_tables()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("tiny.yaml"), Plan, Token);
        await BitSearchProcess.RunAsync(folder.Root, "ablate", "tiny.yaml", "--workers", "1", "--results", "one");
        await BitSearchProcess.RunAsync(folder.Root, "ablate", "tiny.yaml", "--workers", "3", "--results", "three");

        Assert.All(new[] { "ablation.json", "ablation.md" }, name => Assert.Equal(
            File.ReadAllText(folder.PathOf($"one/tiny/{name}")), File.ReadAllText(folder.PathOf($"three/tiny/{name}"))));
    }

    [Fact]
    public async Task Another_plan_under_the_same_name_is_refused_and_nothing_is_changed()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("tiny.yaml"), Plan, Token);
        await BitSearchProcess.RunAsync(folder.Root, "ablate", "tiny.yaml");
        var before = Contents(folder);
        await File.WriteAllTextAsync(folder.PathOf("tiny.yaml"), Plan.Replace("tolerance: 0.1", "tolerance: 0.2", StringComparison.Ordinal), Token);
        var refused = await BitSearchProcess.RunAsync(folder.Root, "ablate", "tiny.yaml");

        Assert.Equal(2, refused.Exit);
        Assert.Contains("tolerance: the study was begun with '0.1', now it is '0.2'", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, Contents(folder));
    }

    [Theory]
    [InlineData("budgets: [as 2 bits]", "budgets: [as 3 bits]", "tiny.yaml:8: budgets[0]: 'as 3 bits' is no budget; ")]
    [InlineData("budgets: [as 2 bits]", "budgets: []", "tiny.yaml:8: budgets: the list is empty; a list of budgets")]
    [InlineData("repeats: 3", "repeats: 1", "tiny.yaml:11: repeats: '1' does not belong here; a whole number from 2 to 1000")]
    [InlineData("repeats: 3", "proxy: random", "tiny.yaml:11: proxy: random ranks no schedules by a measurement; one of ")]
    [InlineData("arms: [increasing, ", "arms: [rising, ", "tiny.yaml:10: arms[0]: 'rising' does not belong here; ")]
    [InlineData("tolerance: 0.1", "tolerance: 1", "tiny.yaml:9: tolerance: '1' does not belong here; a number of at least 0 and below 1")]
    [InlineData("data: { name: digits }", "", "tiny.yaml:1: data: the key is missing; a data set")]
    [InlineData("ablation: tiny", "study: tiny", "tiny.yaml:1: study: the key 'study' is unknown; ")]
    public async Task A_mistake_is_exit_2_with_its_line_and_nothing_is_written(string old, string @new, string mistake)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(old, Plan, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.PathOf("tiny.yaml"), Plan.Replace(old, @new, StringComparison.Ordinal), Token);
        var said = await BitSearchProcess.RunAsync(folder.Root, "ablate", "tiny.yaml");

        Assert.Equal((2, ""), (said.Exit, said.Out));
        Assert.Contains($"bitsearch: {mistake}", said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf("results")));
    }

    // Pictures as base64: equal bytes, equal texts.
    private static Dictionary<string, string> Contents(TemporaryFolder folder) => Directory.EnumerateFiles(folder.PathOf("results/tiny"))
        .Where(f => Path.GetExtension(f) is not (".db" or ".lock"))
        .ToDictionary(f => Path.GetFileName(f), f => Path.GetExtension(f) == ".png" ? Convert.ToBase64String(File.ReadAllBytes(f)) : File.ReadAllText(f));
}
