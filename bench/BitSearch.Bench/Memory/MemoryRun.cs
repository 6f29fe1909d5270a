using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BitSearch.Bench.Harness;
using BitSearch.Bench.Work;

namespace BitSearch.Bench.Memory;

/// <summary>Whether a campaign's memory grows: the resident size of <c>./bitsearch run</c> after 20 and after 500 quick trials.</summary>
internal static class MemoryRun
{
    private const int Early = 20, Late = 500;

    /// <summary>Runs <c>bench/campaigns/many.yaml</c>, prints both sizes and writes <c>results/bench/memory.json</c>.</summary>
    public static void Run()
    {
        var results = Directory.CreateTempSubdirectory("bitsearch-memory-");
        var (ended, sizes) = (0, new Dictionary<int, double>());
        CommandLine.Follow(["run", Path.Combine("bench", "campaigns", "many.yaml"), "--results", results.FullName], (line, process) =>
        {
            if (line.StartsWith("trial ", StringComparison.Ordinal) && ++ended is Early or Late)
            {
                sizes[ended] = Resident(process);
            }
        });
        var size = new DirectoryInfo(results.FullName).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
        results.Delete(recursive: true);
        var growth = (sizes[Late] / sizes[Early]) - 1;
        var summary = new { trials = ended, residentMiB = sizes, growth, resultsMiB = size / 1048576, commit = Repository.Commit() };
        File.WriteAllText(Repository.PathOf("results", "bench", "memory.json"), JsonSerializer.Serialize(summary) + "\n");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"resident after {Early} trials {sizes[Early]:F0} MiB, after {Late} {sizes[Late]:F0} MiB: {100 * growth:+0.0;-0.0} %"));
    }

    private static double Resident(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
