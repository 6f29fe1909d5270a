using System.Diagnostics;
using System.Text.Json;
using BitSearch.Bench.Harness;
using BitSearch.Space;
using BitSearch.Torch;
using static TorchSharp.torch;

namespace BitSearch.Bench.Work;

/// <summary>
/// This program as a child with thread settings of its own, which a process can have only once: reads a number of steps a
/// line, takes them, and answers with the time as a JSON line.
/// </summary>
internal static class WorkerProcess
{
    /// <summary>The command-line word for it.</summary>
    public const string Command = "worker";

    /// <summary>Starts one; it ends with the group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="workers">.NET threads, each with a network of its own.</param>
    /// <param name="threads">Threads of a torch operation.</param>
    public static LineProcess Start(BenchmarkGroup group, int workers, int threads) => group.Own(LineProcess.Start(
        Environment.ProcessPath!,
        [Command, $"{workers}", $"{threads}"],
        new Dictionary<string, string> { ["OMP_NUM_THREADS"] = $"{threads}" }));

    /// <summary>The child's life.</summary>
    /// <param name="workers">.NET threads.</param>
    /// <param name="threads">Torch threads.</param>
    public static void Run(int workers, int threads)
    {
        TorchRuntime.Initialise();
        set_num_threads(threads);
        var networks = Enumerable.Range(0, workers).Select(_ => new ResNet20Work(new Bitwidth(4))).ToList();
        Console.WriteLine(JsonSerializer.Serialize(new { name = $"{workers} workers, {threads} threads" }));
        while (Console.ReadLine() is { } line)
        {
            var measured = Take(networks, int.Parse(line));
            Console.WriteLine(JsonSerializer.Serialize(new { cpu = measured.Cpu, wall = measured.Wall }));
        }
    }

    private static Measurement Take(List<ResNet20Work> networks, int steps)
    {
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var others = networks.Skip(1).Select(n => new Thread(() => Steps(n, steps))).ToList();
        others.ForEach(t => t.Start());
        Steps(networks[0], steps);
        others.ForEach(t => t.Join());
        return new Measurement((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static void Steps(ResNet20Work network, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            network.Step();
        }
    }
}
