using System.Text.Json.Nodes;
using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Tests.Commands;

public sealed class FinishedStudyTests(FinishedStudy finished) : IClassFixture<FinishedStudy>
{
    private SmallStudy Study => finished.Study;

    [Fact]
    public void A_run_leaves_everything_behind_and_says_what_it_took()
    {
        Assert.Equal((0, ""), (finished.Run.Exit, finished.Run.Error));
        Assert.Contains("of wall time", finished.Run.Out, StringComparison.Ordinal);
        Assert.Equal(
            [
                "environment.json", "front.png", "logs", "network.bitsearch", "plan.yaml", "report.html", "report.json",
                "schedule.json", "schedule.png", "study.db", "study.lock", "trials.csv", "weights",
            ],
            Directory.GetFileSystemEntries(Study.Result("")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(SmallStudy.Plan, File.ReadAllText(Study.Result("plan.yaml")));
    }

    [Fact]
    public void The_packed_file_is_as_long_as_was_promised()
    {
        var schedule = JsonNode.Parse(File.ReadAllText(Study.Result("schedule.json")))!;

        Assert.Equal((long)schedule["bytes"]!, new FileInfo(Study.Result("network.bitsearch")).Length);
    }

    [Fact]
    public async Task Packed_file_and_schedule_file_score_what_the_report_says()
    {
        var report = JsonNode.Parse(File.ReadAllText(Study.Result("report.json")))!;
        var chosen = (int)JsonNode.Parse(File.ReadAllText(Study.Result("schedule.json")))!["origin"]!["trial"]!;
        var correct = (int)report["finalists"]!.AsArray().First(s => (int)s!["trial"]! == chosen)!["testCorrect"]!;

        foreach (var file in new[] { "network.bitsearch", "schedule.json" })
        {
            var scored = JsonNode.Parse((await Study.RunAsync("evaluate", Study.Result(file), "--json")).Out)!;
            Assert.Equal((correct, 500, "digits"), ((int)scored["correct"]!, (int)scored["count"]!, (string)scored["data"]!));
        }
    }

    [Theory]
    [InlineData("small.yaml")]
    [InlineData("small")]
    [InlineData("results/small")]
    public async Task Reports_are_written_again_to_the_byte_whatever_names_the_study(string name)
    {
        string[] files = ["environment.json", "front.png", "report.html", "report.json", "schedule.png", "trials.csv"];
        var before = files.Select(f => Convert.ToHexString(File.ReadAllBytes(Study.Result(f)))).ToList();
        foreach (var file in files)
        {
            File.Delete(Study.Result(file));
        }

        var again = await Study.RunAsync("report", name);

        Assert.Equal((0, ""), (again.Exit, again.Error));
        Assert.Equal(before, files.Select(f => Convert.ToHexString(File.ReadAllBytes(Study.Result(f)))));
    }

    [Fact]
    public async Task A_trial_is_shown_for_people_and_for_scripts()
    {
        var shown = await Study.RunAsync("show", "small", "3");
        var json = JsonNode.Parse((await Study.RunAsync("show", "small", "3", "--json")).Out)!;

        Assert.Contains("trial 3 of arm baseline", shown.Out, StringComparison.Ordinal);
        Assert.Contains("conv2", shown.Out, StringComparison.Ordinal);
        Assert.Equal((3, "completed"), ((int)json["trial"]!, (string)json["outcome"]!));
        Assert.Equal((long)json["schedule"]!["bytes"]!, json["schedule"]!["ledger"]!.AsArray().Sum(e => (long)e!["bytes"]!));
    }

    [Fact]
    public async Task Any_trial_is_exported_in_both_formats()
    {
        var packed = await Study.RunAsync("export", "small", "--trial", "3", "--format", "packed", "-o", "three.bitsearch");
        var schedule = await Study.RunAsync("export", "small", "--trial", "3", "-o", "three.json");
        var one = JsonNode.Parse((await Study.RunAsync("evaluate", "three.bitsearch", "--json")).Out)!;
        var two = JsonNode.Parse((await Study.RunAsync("evaluate", "three.json", "--json")).Out)!;

        Assert.Equal((0, 0), (packed.Exit, schedule.Exit));
        Assert.Equal((int)one["correct"]!, (int)two["correct"]!);
        Assert.Equal((long)JsonNode.Parse(File.ReadAllText(Study.PathOf("three.json")))!["bytes"]!, new FileInfo(Study.PathOf("three.bitsearch")).Length);
    }

    [Fact]
    public async Task Step_sizes_of_another_schedule_are_refused()
    {
        await Study.RunAsync("export", "small", "--trial", "1", "-o", "one.json");

        var refused = await Study.RunAsync("evaluate", "one.json", "--weights", Study.Result("weights/2.safetensors"));
        var quantized = await Study.RunAsync("evaluate", "one.json", "--weights", Study.Result("weights/0.safetensors"));

        Assert.Equal(2, refused.Exit);
        Assert.Contains("its step sizes were learned under another schedule, 8-", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Equal((0, ""), (quantized.Exit, quantized.Error));
        Assert.Contains("quantized after training without fine-tuning", quantized.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"input\"", "null", "file.json:")]
    [InlineData("\"points\"", "null", "file.json:")]
    [InlineData("\"points\"", "[null]", "file.json: points: ")]
    [InlineData("\"quantizer\"", "null", "file.json:")]
    [InlineData("\"schedule\"", "\"4-4\"", "file.json: the schedule has 2 widths")]
    [InlineData("\"classes\"", "0", "file.json: network vgg-small: there are 0 classes")]
    [InlineData("\"bytes\"", "1", "file.json: bytes: 1 bytes contradict network and schedule, which take ")]
    public void A_schedule_file_that_contradicts_itself_is_a_mistake_in_that_file(string key, string value, string mistake)
    {
        var file = JsonNode.Parse(File.ReadAllText(Study.Result("schedule.json")))!;
        file[key.Trim('"')] = JsonNode.Parse(value);
        using var folder = new BitSearch.Torch.Tests.TemporaryFolder();
        File.WriteAllText(folder.PathOf("file.json"), file.ToJsonString());

        var refused = Assert.Throws<PlanException>(() => BitSearch.Cli.Studies.ScheduleFile.Read(folder.PathOf("file.json")));

        Assert.Contains(mistake, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_of_no_numbers_is_scored_in_json_too()
    {
        var weights = File.ReadAllBytes(Study.Result("weights/0.safetensors"));
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(weights.AsSpan(weights.Length - 400)).Fill(float.NaN);
        File.WriteAllBytes(Study.PathOf("nan.safetensors"), weights);

        var scored = await Study.RunAsync("evaluate", "--network", "vgg-small", "--width", "0.0625", "--weights", "nan.safetensors", "--data", "digits", "--json");

        Assert.Equal((0, ""), (scored.Exit, scored.Error));
        Assert.Equal("NaN", (string)JsonNode.Parse(scored.Out)!["loss"]!);
    }

    [Fact]
    public async Task The_baseline_is_found_again()
    {
        var trained = JsonNode.Parse((await Study.RunAsync("train", "small.yaml", "--json")).Out)!;

        Assert.True((bool)trained["cached"]!);
    }

    [Fact]
    public async Task A_plan_that_was_run_tells_how_long_it_would_take()
    {
        var plan = await Study.RunAsync("plan", "small.yaml");

        Assert.Contains("time: ", plan.Out, StringComparison.Ordinal);
        Assert.Contains("finished trials took", plan.Out, StringComparison.Ordinal);
    }

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
        Assert.Equal(["separability.csv", "separability.png", "separability.txt"], Directory.EnumerateFiles(Study.PathOf("sep")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Equal(1 + 15, (await File.ReadAllLinesAsync(Study.PathOf("sep/separability.csv"), TestContext.Current.CancellationToken)).Length);

        var wrong = await Study.RunAsync("separability", "small.yaml", "--images", "10", "--against", "separability");
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("--images: 10 of 10 classes do not show how images of one class differ; 11 or more", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("--against: separability is itself what is compared; one of fisher, hessian,", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "small", "999", "results/small: trial 999: there is no such trial; 0 to 23")]
    [InlineData("show", "small", "-1", "results/small: trial -1: there is no such trial; 0 to 23")]
    [InlineData("show", "other", "1", "other: there is no such plan, folder or study; name a plan (YAML), a study's folder, or a study in results")]
    [InlineData("export", "small", "--trial=999", "results/small: trial 999: there is no such trial; 0 to 23")]
    [InlineData("evaluate", "small.yaml", "--data=digits", "small.yaml:1: no schedule file: 's' is an invalid start of a value.; a file that `bitsearch export` wrote")]
    [InlineData("evaluate", "results/small/network.bitsearch", "--weights=other", "--weights: results/small/network.bitsearch brings its own; leave --weights out, or the file")]
    [InlineData("evaluate", "results/small/schedule.json", "--network=resnet20", "--network: results/small/schedule.json brings its own; leave --network out, or the file")]
    [InlineData("evaluate", "results/small/schedule.json", "--width=2", "--width: results/small/schedule.json brings its own; leave --width out, or the file")]
    [InlineData("evaluate", "results/small/network.bitsearch", "--data=cifar10", "--data: the images are [3, 32, 32] in 10 classes; vgg-small of results/small/network.bitsearch reads [1, 8, 8] in 10 classes", "cifar10")]
    public async Task What_is_not_there_is_named(string command, string study, string more, string mistake, string? needs = null)
    {
        Assert.SkipUnless(needs is null || Components.Datasets.Create(needs, "here").Check(null).Found, $"{needs} is not on this machine");
        var refused = await Study.RunAsync(command, study, more);

        Assert.Equal((2, $"bitsearch: {mistake}\n"), (refused.Exit, refused.Error));
    }
}
