using System.Text.Json;
using BitSearch.Torch.Sensitivity;

namespace BitSearch.Cli.Tests.Commands;

public sealed class SensitivityTests
{
    private static readonly string[] Small = ["sensitivity", "small.yaml", "--images", "20", "--probes", "2", "--steps", "2"];

    [Fact]
    public async Task Every_measure_is_shown_written_drawn_solved_and_found_again()
    {
        using var study = new SmallStudy();

        var said = await study.RunAsync(Small);

        Assert.Equal((0, ""), (said.Exit, said.Error));
        foreach (var name in SensitivityMeasure.Catalog.Names)
        {
            Assert.Contains($"\n{name}: ", said.Out, StringComparison.Ordinal);
            Assert.Equal(0x89, File.ReadAllBytes(study.PathOf($"results/sensitivity-small/{name}.png"))[0]);
            using var file = JsonDocument.Parse(File.ReadAllBytes(study.PathOf($"results/sensitivity-small/{name}.json")));
            Assert.Equal(name, file.RootElement.GetProperty("measure").GetString());
            Assert.Equal(name != "separability", File.Exists(study.PathOf($"results/sensitivity-small/{name}.table.json")));
        }

        Assert.Matches(@"\nconv2\.weight +1 +576 +[\d.E+-]+ +[\d.E+-]+ +[\d.E+-]+ +-", said.Out);
        foreach (var budget in (string[])["size=0.3", "size=0.6", "artifact=0.5"])
        {
            var solved = await study.RunAsync("solve", "--table", study.PathOf("results/sensitivity-small/output-kl.table.json"), "--budget", budget);
            Assert.Equal((0, ""), (solved.Exit, solved.Error));
            Assert.Contains("certificate: exact", solved.Out, StringComparison.Ordinal);
        }

        var again = await study.RunAsync([.. Small, "--measure", "output-kl", "--measure", "hessian", "--json"]);
        using var json = JsonDocument.Parse(again.Out);
        Assert.All(json.RootElement.EnumerateArray(), m => Assert.True(m.GetProperty("found").GetBoolean()));
        Assert.Equal(["output-kl", "hessian"], json.RootElement.EnumerateArray().Select(m => m.GetProperty("measure").GetString()));
    }

    [Fact]
    public async Task Mistakes_are_told_all_at_once()
    {
        using var study = new SmallStudy();

        var said = await study.RunAsync("sensitivity", "small.yaml", "--measure", "output-kk", "--probes", "1");

        Assert.Equal((2, ""), (said.Exit, said.Out));
        Assert.StartsWith("bitsearch: --measure: 'output-kk' is unknown; did you mean 'output-kl'?", said.Errors[0], StringComparison.Ordinal);
        Assert.Equal("bitsearch: --probes: 1 random vectors have no standard error; 2 or more", said.Errors[1]);
    }

    [Fact]
    public async Task A_plan_without_full_precision_weights_has_nothing_to_measure()
    {
        using var study = new SmallStudy(SmallStudy.Plan.Replace("  baseline: { learningRate: 0.05, epochs: 2, batch: 32 }\n", "", StringComparison.Ordinal)
            .Replace("training: {", "training: { from: scratch,", StringComparison.Ordinal));

        var said = await study.RunAsync("sensitivity", "small.yaml");

        Assert.Equal((2, "bitsearch: network: sensitivity is measured of full-precision weights, and none are given; give network.weights (a file) or network.baseline (a recipe)\n"), (said.Exit, said.Error));
    }
}
