using System.Text.Json.Nodes;

namespace BitSearch.Cli.Tests.Commands;

/// <summary>What can be asked of a finished study.</summary>
[Collection(nameof(FinishedStudy))]
public sealed class StudyAnswersTests(FinishedStudy finished)
{
    private SmallStudy Study => finished.Study;

    [Fact]
    public async Task Two_schedules_are_compared_over_their_repeats_on_both_splits()
    {
        var compared = await Study.RunAsync("compare", "small", "0", "1");
        Assert.Equal((0, ""), (compared.Exit, compared.Error));
        Assert.Contains("repeat 1: validation", compared.Out, StringComparison.Ordinal);
        Assert.Contains("mean of 2 pairs, 95 % bootstrap interval", compared.Out, StringComparison.Ordinal);

        var facts = JsonNode.Parse((await Study.RunAsync("compare", "small", "0", "1", "--json")).Out)!;
        double Difference(JsonNode pair) => (double)pair["validationErrorRates"]![0]! - (double)pair["validationErrorRates"]![1]!;
        Assert.Equal(2, facts["pairs"]!.AsArray().Count);
        Assert.Equal(facts["pairs"]!.AsArray().Average(p => Difference(p!)), (double)facts["validationDifference"]!["interval"]!["estimate"]!, 1e-12);

        var looked = await Study.RunAsync("compare", "small", "0", "1", "--images", "--json");
        Assert.Equal((0, ""), (looked.Exit, looked.Error));
        var (images, tests) = (JsonNode.Parse(looked.Out)!["images"]!, facts["pairs"]![0]!["tests"]!);
        int Images(string of) => (int)images["mcNemar"]![of]!;
        Assert.Equal((int)tests[0]!["correct"]!, Images("both") + Images("firstAlone"));
        Assert.Equal((int)tests[1]!["correct"]!, Images("both") + Images("secondAlone"));
        Assert.Equal((int)tests[0]!["count"]!, Images("both") + Images("firstAlone") + Images("secondAlone") + Images("neither"));
        Assert.Equal(2, images["gaps"]!.AsArray().Count);
        Assert.Equal((double)tests[0]!["correct"]! / (int)tests[0]!["count"]!, (double)images["gaps"]![0]!["firstTest"]!, 1e-12);
        Assert.Contains("McNemar's p = ", (await Study.RunAsync("compare", "small", "0", "1", "--images")).Out, StringComparison.Ordinal);

        var itself = await Study.RunAsync("compare", "small", "0", "0");
        Assert.Equal((2, "bitsearch: results/small: trials 0 and 0: they have the same schedule; two trials with other schedules that were trained with the same seed\n"), (itself.Exit, itself.Error));
    }

    [Fact]
    public async Task A_schedule_is_explained_layer_by_layer()
    {
        var said = await Study.RunAsync("explain", "small", "--trial", "8", "--output", "why", "--json");
        Assert.Equal(0, said.Exit);
        var facts = JsonNode.Parse(said.Out)!;
        var layers = facts["layers"]!.AsArray();
        Assert.Equal(8, layers.Count);
        Assert.All(layers.Where(l => l!["narrower"] is not null), l => Assert.True((long)l!["narrower"]!["bytes"]! < 0));
        Assert.All(layers.Where(l => l!["wider"] is not null), l => Assert.True((int)l!["wider"]!["bits"]! > (int)l["bits"]!));
        Assert.Null(layers[0]!["narrower"]);
        Assert.Equal(6, (int)facts["depth"]!["layers"]!);
        Assert.Equal(["explanation.csv", "explanation.png", "explanation.txt"], Directory.EnumerateFiles(Study.PathOf("why")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

        var again = await Study.RunAsync("explain", "small", "--trial", "8", "--output", "again");
        Assert.Contains("Spearman's rho of depth and width, pinned layers dropped", again.Out, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(Study.PathOf("why/explanation.csv"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Study.PathOf("again/explanation.csv"), TestContext.Current.CancellationToken));

        var unknown = await Study.RunAsync("explain", "small", "--against", "hesian");
        Assert.Equal((2, true), (unknown.Exit, unknown.Error.Contains("did you mean 'hessian'?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_separability_of_the_floats_features_is_measured_and_suggests_widths()
    {
        var said = await Study.RunAsync("separability", "small.yaml", "--images", "200", "--output", "sep", "--json");
        Assert.Equal(0, said.Exit);
        var facts = JsonNode.Parse(said.Out)!;
        Assert.Equal((200, 15), ((int)facts["images"]!, facts["rows"]!.AsArray().Count));
        Assert.All(facts["rows"]!.AsArray(), r => Assert.InRange((double)r!["discrimination"]!, -1, 0.1));
        Assert.All(facts["rows"]!.AsArray(), r => Assert.True((double)r!["fuzziness"]! > 0 && (double)r["fisherRatio"]! > 0));
        Assert.Equal(["decreasing", "free"], facts["suggested"]!.AsArray().Select(s => (string?)s!["key"]));
        Assert.Equal(["plan.yaml", "separability.csv", "separability.png", "separability.txt"], Directory.EnumerateFiles(Study.PathOf("sep")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Equal(1 + 15, (await File.ReadAllLinesAsync(Study.PathOf("sep/separability.csv"), TestContext.Current.CancellationToken)).Length);

        var wrong = await Study.RunAsync("separability", "small.yaml", "--images", "10", "--against", "separability");
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("--images: 10 of 10 classes do not show how images of one class differ; 11 or more", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("--against: separability is itself what is compared; one of fisher, hessian,", wrong.Error, StringComparison.Ordinal);
    }
}
