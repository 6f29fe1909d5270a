using BitSearch.Trials;

namespace BitSearch.Cli.Tests.Commands;

public sealed class RunTests
{
    private static readonly string[] Run = ["run", "small.yaml"];

    [Fact]
    public async Task Killed_at_ten_random_moments_and_resumed_a_study_is_as_if_nothing_had_happened()
    {
        using var whole = new SmallStudy();
        var undisturbed = await whole.RunAsync(Run);
        Assert.Equal((0, ""), (undisturbed.Exit, undisturbed.Error));

        using var killed = new SmallStudy();
        var (random, kills) = (new SeededRandom(20261124), 0);
        for (var i = 0; i < 10; i++)
        {
            using var process = killed.Start(Run);
            if (!process.EndsWithin(TimeSpan.FromMilliseconds(400 + random.Next(1800))))
            {
                process.Signal(9);
                Assert.Equal(137, (await process.EndAsync()).Exit);
                kills++;
            }
        }

        var resumed = await killed.RunAsync(Run);

        Assert.Equal((0, ""), (resumed.Exit, resumed.Error));
        Assert.InRange(kills, 3, 10);
        Assert.Equal(whole.TrialsWithoutTimes(), killed.TrialsWithoutTimes());
        Assert.Equal(File.ReadAllBytes(whole.Result("network.bitsearch")), File.ReadAllBytes(killed.Result("network.bitsearch")));
    }

    [Fact]
    public async Task One_two_and_four_workers_give_the_same_trials_on_ladder_and_shared_weights()
    {
        var plan = SmallStudy.Plan.Replace("training: {", "shared: { recipe: { steps: 8, batch: 32 } }\nladder: { rungs: [proxy, start, { steps: 5 }], keep: 0.4, tau: -1 }\ntraining: { from: shared,", StringComparison.Ordinal)
            .Replace("trials: 4", "trials: 12", StringComparison.Ordinal).Replace("repeats: 2", "lookahead: 3", StringComparison.Ordinal);
        var tables = new List<string[]>();
        foreach (var workers in new[] { "1", "2", "4" })
        {
            using var study = new SmallStudy(plan);
            Assert.Equal((0, ""), await study.RunAsync([.. Run, "--workers", workers]) is var ended ? (ended.Exit, ended.Error) : default);
            tables.Add(study.TrialsWithoutTimes());
            Assert.Contains("The ladder", await File.ReadAllTextAsync(study.Result("report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Equal(tables[0], tables[1]);
        Assert.Equal(tables[0], tables[2]);
        Assert.Contains(tables[0], line => line.Contains("pruned", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10")]
    public async Task More_workers_than_the_plan_looks_ahead_are_refused(string workers)
    {
        using var study = new SmallStudy();
        var refused = await study.RunAsync([.. Run, "--workers", workers]);
        Assert.Equal((2, $"bitsearch: --workers: {workers} is no number of workers; from 1 to 9: the plan's lookahead and one"), (refused.Exit, Assert.Single(refused.Errors)));
        Assert.False(Directory.Exists(study.PathOf("results")));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task Stopped_on_request_a_run_ends_with_130_says_how_to_go_on_and_goes_on(int signal)
    {
        using var study = new SmallStudy();
        using (var process = study.Start(Run))
        {
            do
            {
                Assert.False(process.EndsWithin(TimeSpan.FromMilliseconds(500)));
            }
            while (!File.Exists(study.Result("study.db")));

            process.Signal(signal);
            var stopped = await process.EndAsync();
            Assert.Equal(130, stopped.Exit);
            Assert.Contains("Go on with: bitsearch run small.yaml", Assert.Single(stopped.Errors), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await study.RunAsync(Run)).Exit);
        Assert.Contains("nothing is left to do", (await study.RunAsync(Run)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_differs_is_refused_by_field_before_anything_is_trained_for_it()
    {
        using var study = new SmallStudy(SmallStudy.Plan.Replace("trials: 4", "trials: 1", StringComparison.Ordinal));
        Assert.Equal(0, (await study.RunAsync(Run)).Exit);
        var before = await File.ReadAllTextAsync(study.Result("plan.yaml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            study.PathOf("small.yaml"),
            before.Replace("limit: 0.25x", "limit: 0.24x", StringComparison.Ordinal).Replace("study: small", "study: small\nseed: 2", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var refused = await study.RunAsync(Run);

        Assert.Equal(2, refused.Exit);
        Assert.Equal(
            [
                "bitsearch: results/small/study.db: seed: the study was begun with '1', now it is '2'; restore it, or choose another study name",
                "bitsearch: results/small/study.db: budget.limit: the study was begun with '0.25x', now it is '0.24x'; restore it, or choose another study name",
            ],
            refused.Errors);
        Assert.Single(Directory.GetFiles(study.PathOf("cache"), "*.safetensors", SearchOption.AllDirectories));
        Assert.Equal(before, await File.ReadAllTextAsync(study.Result("plan.yaml"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_read_only_disk_is_refused_with_nothing_left_behind()
    {
        using var study = new SmallStudy();
        Directory.CreateDirectory(study.PathOf("results"));

        var refused = await BitSearchProcess.RunMountingAsync(study.Root, "mount -t tmpfs -o ro tmpfs results && bitsearch run small.yaml");

        Assert.SkipWhen(refused is null, "this system lets nobody mount");
        Assert.Equal(2, refused.Exit);
        Assert.StartsWith("bitsearch: results/small: cannot be written: ", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.Equal(["results", "small.yaml"], Directory.GetFileSystemEntries(study.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("16k")]
    [InlineData("200k")]
    public async Task A_full_disk_is_one_message_leaves_no_part_of_a_file_and_with_more_space_the_study_goes_on(string size)
    {
        using var study = new SmallStudy();
        Directory.CreateDirectory(study.PathOf("results"));

        var run = await BitSearchProcess.RunMountingAsync(study.Root, $"""
            mount -t tmpfs -o size={size} tmpfs results
            bitsearch run small.yaml
            echo "ended with $?"
            find . -name '*.tmp'
            mount -o remount,size=100m results
            bitsearch run small.yaml
            """);

        Assert.SkipWhen(run is null, "this system lets nobody mount");
        Assert.Equal(0, run.Exit);
        Assert.Contains("ended with 2\n", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", run.Out, StringComparison.Ordinal);
        Assert.Contains("free space", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_failures_in_a_row_stop_the_study_with_a_report_and_exit_2()
    {
        using var study = new SmallStudy(SmallStudy.Plan.Replace("learningRate: 0.01", "learningRate: 1e30", StringComparison.Ordinal));

        var stopped = await study.RunAsync(Run);

        Assert.Equal(2, stopped.Exit);
        Assert.Contains("study small: trials 0, 1, 2 failed one after another", stopped.Errors[^1], StringComparison.Ordinal);
        Assert.True(File.Exists(study.Result("report.html")));
    }

    [Fact]
    public async Task A_schedule_file_scores_what_the_packed_file_does_also_where_no_step_sizes_are_learned()
    {
        using var study = new SmallStudy(SmallStudy.Plan
            .Replace("activations: 4", "activations: 4\nquantizer: { weights: seed, activations: seed }", StringComparison.Ordinal)
            .Replace("  first: { pinned: 8 }\n", "", StringComparison.Ordinal).Replace("  last: { pinned: 8 }\n", "", StringComparison.Ordinal)
            .Replace("trials: 4", "trials: 1", StringComparison.Ordinal).Replace("repeats: 2", "repeats: 1", StringComparison.Ordinal));
        Assert.Equal(0, (await study.RunAsync(Run)).Exit);

        var packed = await study.RunAsync("evaluate", study.Result("network.bitsearch"), "--json");
        var schedule = await study.RunAsync("evaluate", study.Result("schedule.json"), "--json");

        Assert.Contains("bytes, trained", schedule.Out, StringComparison.Ordinal);
        Assert.Equal(Loss(packed.Out), Loss(schedule.Out), 1e-5);

        static double Loss(string json) => (double)System.Text.Json.Nodes.JsonNode.Parse(json)!["loss"]!;
    }

    [Fact]
    public async Task A_study_on_a_disk_that_became_read_only_is_not_said_to_be_running()
    {
        using var study = new SmallStudy();
        Directory.CreateDirectory(study.Result(""));
        File.WriteAllBytes(study.Result("study.lock"), []);

        var refused = await BitSearchProcess.RunMountingAsync(
            study.Root, "mount --bind results results && mount -o remount,ro,bind results && bitsearch run small.yaml");

        Assert.SkipWhen(refused is null, "this system lets nobody mount");
        Assert.Equal(2, refused.Exit);
        Assert.StartsWith("bitsearch: results/small: cannot be written: Read-only file system", Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_study_is_not_run_twice_at_once()
    {
        using var study = new SmallStudy();
        Directory.CreateDirectory(study.Result(""));
        using var held = new FileStream(study.Result("study.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var refused = await study.RunAsync(Run);

        Assert.Equal((2, "bitsearch: results/small: another process is running this study; wait for it, stop it, or choose another study name\n"), (refused.Exit, refused.Error));
    }
}
