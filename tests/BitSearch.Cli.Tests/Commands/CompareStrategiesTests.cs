using System.Text.Json;
using BitSearch.Cli.Tests.Plans;
using BitSearch.Torch.Tests;

namespace BitSearch.Cli.Tests.Commands;

public sealed class CompareStrategiesTests
{
    private const string Tiny = """
        comparison: tiny
        trials: 6
        seeds: 3
        strategies: [exhaustive]
        problems: [interacting, free-wins, { table: trials.csv, plan: tiny.yaml }]
        """;

    [Fact]
    public async Task Tables_pictures_and_verdicts_are_written_and_the_same_whatever_the_number_of_workers()
    {
        using var folder = new TemporaryFolder();
        TableStudy.Write(folder.Root);
        await File.WriteAllTextAsync(folder.PathOf("c.yaml"), Tiny, TestContext.Current.CancellationToken);
        var one = await BitSearchProcess.RunAsync(folder.Root, "compare-strategies", "c.yaml", "--workers", "1");
        var two = await BitSearchProcess.RunAsync(folder.Root, "compare-strategies", "c.yaml", "--workers", "2", "--output", "two", "--json");

        Assert.Equal((0, 0), (one.Exit, two.Exit));
        Assert.Contains("interacting: 2 strategies, 3 seeds, 6 trials each", one.Errors);
        Assert.StartsWith("# Strategies compared: tiny\n", one.Out, StringComparison.Ordinal);
        Assert.Contains("| random | ", one.Out, StringComparison.Ordinal);
        string[] files = ["comparison.csv", "comparison.json", "curves.csv", "free-wins.png", "interacting.png", "summary.md", "tiny.png"];
        Assert.Equal(files, Names(folder.PathOf("results/comparison")));
        Assert.Equal(files, Names(folder.PathOf("two")));
        Assert.All(new[] { "comparison.csv", "curves.csv" }, name => Assert.Equal(WithoutClock(folder.PathOf($"results/comparison/{name}")), WithoutClock(folder.PathOf($"two/{name}"))));
        Assert.Equal(two.Out, await File.ReadAllTextAsync(folder.PathOf("two/comparison.json"), TestContext.Current.CancellationToken));
        Assert.Equal(WithoutClock(folder.PathOf("results/comparison/comparison.json")), WithoutClock(folder.PathOf("two/comparison.json")));
        Assert.Equal(1 + (3 * 2 * 3), File.ReadLines(folder.PathOf("two/comparison.csv")).Count());
        Assert.Equal(1 + (3 * 2 * 6), File.ReadLines(folder.PathOf("two/curves.csv")).Count());
        using var json = JsonDocument.Parse(two.Out);
        Assert.Equal(["interacting", "free-wins", "tiny"], json.RootElement.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("problem").GetString()));
        Assert.All(files.Where(f => f.EndsWith(".png", StringComparison.Ordinal)), f => Assert.Equal((1800, 900), PngSize(folder.PathOf($"two/{f}"))));
    }

    [Theory]
    [InlineData("problems: [aditive]", "bitsearch: c.yaml:2: problems[0]: 'aditive' does not belong here; did you mean 'additive'? additive, deceptive, free-wins, interacting or monotone-wins\n")]
    [InlineData("problems: [additive]\nseeds: 0", "bitsearch: c.yaml:3: seeds: '0' does not belong here; a whole number from 2 to 1000\n")]
    public async Task A_bad_plan_is_exit_2_with_its_line(string rest, string mistake)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("c.yaml"), $"comparison: bad\n{rest}\n", TestContext.Current.CancellationToken);
        var said = await BitSearchProcess.RunAsync(folder.Root, "compare-strategies", "c.yaml");

        Assert.Equal((2, "", mistake), (said.Exit, said.Out, said.Error));
        Assert.False(Directory.Exists(folder.PathOf("results")));
    }

    [Fact]
    public async Task No_worker_is_refused()
    {
        using var folder = new TemporaryFolder();
        var said = await BitSearchProcess.RunAsync(folder.Root, "compare-strategies", "c.yaml", "--workers", "0");
        Assert.Equal((2, "bitsearch: --workers: 0 is no number of workers; at least 1\n"), (said.Exit, said.Error));
    }

    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    // CSV: without the last column; JSON: without the fields of that name.
    private static string[] WithoutClock(string path) => [.. File.ReadLines(path)
        .Where(l => !l.Contains("proposerSeconds", StringComparison.Ordinal))
        .Select(l => path.EndsWith(".csv", StringComparison.Ordinal) ? l[..l.LastIndexOf(',')] : l)];

    private static (int, int) PngSize(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], bytes[..4]);
        return (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    }
}
