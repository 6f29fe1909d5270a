using System.Text.Json.Nodes;
using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Tests.Commands;

[Collection(nameof(FinishedStudy))]
public sealed class FinishedStudyTests(FinishedStudy finished)
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
    public void Every_repeat_of_a_finalist_is_read_on_test_and_nothing_else_is()
    {
        var report = JsonNode.Parse(File.ReadAllText(Study.Result("report.json")))!;
        var finalists = report["finalists"]!.AsArray().Select(f => (int)f!["trial"]!).ToHashSet();
        var schedules = report["trials"]!.AsArray().Where(t => finalists.Contains((int)t!["number"]!)).Select(t => (string)t!["schedule"]!).ToHashSet();
        var read = report["trials"]!.AsArray().Where(t => t!["testCount"] is not null).Select(t => ((string)t!["schedule"]!, (int)t["repeat"]!)).ToList();

        Assert.Equal(schedules.SelectMany(s => new[] { (s, 0), (s, 1) }).Order(), read.Order());
        Assert.Equal(finalists, report["selectionGaps"]!.AsArray().Select(g => (int)g!["trial"]!).ToHashSet());
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
