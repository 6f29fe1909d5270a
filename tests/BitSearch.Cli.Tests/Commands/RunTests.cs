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
    public async Task Three_failures_in_a_row_stop_the_study_with_a_report_and_exit_2()
    {
        using var study = new SmallStudy(SmallStudy.Plan.Replace("learningRate: 0.01", "learningRate: 1e30", StringComparison.Ordinal));

        var stopped = await study.RunAsync(Run);

        Assert.Equal(2, stopped.Exit);
        Assert.Contains("study small: trials 0, 1, 2 failed one after another", stopped.Errors[^1], StringComparison.Ordinal);
        Assert.True(File.Exists(study.Result("report.html")));
    }

    // What such trainings begin as is part of the study's identity, and no field of its plan.
    [Fact]
    public async Task A_study_from_scratch_with_clamped_weights_is_reported_and_resumed()
    {
        using var study = new SmallStudy(SmallStudy.Plan
            .Replace("training: {", "quantizer: { weights: seed, activations: seed }\ntraining: { from: scratch,", StringComparison.Ordinal)
            .Replace("trials: 4", "trials: 1", StringComparison.Ordinal));
        var run = await study.RunAsync(Run);
        Assert.Equal((0, ""), (run.Exit, run.Error));

        var again = await study.RunAsync(Run);

        Assert.Equal((0, ""), (again.Exit, again.Error));
        Assert.Contains("nothing is left to do", again.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await study.RunAsync("report", "small")).Exit);
        Assert.Equal(0, (await study.RunAsync("compare", "small", "0", "1")).Exit);
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
}
