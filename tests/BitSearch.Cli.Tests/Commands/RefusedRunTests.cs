namespace BitSearch.Cli.Tests.Commands;

/// <summary>Runs that cannot be had: one clear message, nothing half-written.</summary>
public sealed class RefusedRunTests
{
    private static readonly string[] Run = ["run", "small.yaml"];

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
    public async Task Recipes_that_ask_for_more_images_than_there_are_are_refused_with_nothing_left_behind()
    {
        using var study = new SmallStudy(SmallStudy.Plan.Replace("steps: 20, batch: 32", "steps: 20, batch: 2000, subset: 1500", StringComparison.Ordinal)
            .Replace("epochs: 2, batch: 32", "epochs: 2, subset: 5000", StringComparison.Ordinal));

        var refused = await study.RunAsync(Run);

        Assert.Equal(2, refused.Exit);
        Assert.Equal(
            [
                "bitsearch: training.subset: 1,500 images are asked for, the training split has 1,000; at most 1,000, or no subset for all of them",
                "bitsearch: training.batch: 2,000 images a step are more than the 1,000 that are trained on; at most 1,000",
                "bitsearch: network.baseline.subset: 5,000 images are asked for, the training split has 1,000; at most 1,000, or no subset for all of them",
            ],
            refused.Errors);
        Assert.Equal(["small.yaml"], Directory.GetFileSystemEntries(study.Root).Select(Path.GetFileName).Where(n => n != "cache" && n != "results"));
        Assert.False(Directory.Exists(study.Result("")));
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
