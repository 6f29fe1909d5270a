using BitSearch.Bench.Harness;
using BitSearch.Bench.Work;

namespace BitSearch.Bench.Groups;

/// <summary>
/// Two candidates trained side by side, each on one thread, against one candidate on two threads; and one on one thread.
/// Child processes, because a process sets its torch threads once.
/// </summary>
internal static class WorkersGroup
{
    private const string Workers = "2 workers of 1 thread", Threads = "1 worker of 2 threads", Single = "1 worker of 1 thread";
    private const int Steps = 4;

    /// <summary>Opens the group.</summary>
    public static BenchmarkGroup Open()
    {
        var group = new BenchmarkGroup("workers", "Training ResNet-20, W4A4, batch 128: candidates side by side against threads")
        {
            Unit = "images",
            Wall = true,
        };
        Add(group, Workers, workers: 2, threads: 1);
        Add(group, Threads, workers: 1, threads: 2);
        Add(group, Single, workers: 1, threads: 1);
        group.Ratios.AddRange([new(Threads, Workers), new(Single, Workers)]);
        group.Notes.Add($"Each takes {Steps} steps in all, so that ratios of times are those of images per second.");
        return group;
    }

    private static void Add(BenchmarkGroup group, string variant, int workers, int threads)
    {
        var child = WorkerProcess.Start(group, workers, threads);
        group.Cases.Add(new BenchmarkCase("training", variant, () => child.Measure($"{Steps / workers}"), Steps * ResNet20Work.Batch));
    }
}
