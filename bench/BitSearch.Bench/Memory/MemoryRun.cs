using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BitSearch.Bench.Harness;
using BitSearch.Bench.Work;

namespace BitSearch.Bench.Memory;

/// <summary>
/// Whether a campaign's memory grows: the resident size of <c>./bitsearch run</c> after 20, 100 and 500 quick trials, and what
/// of it are files (libtorch, assemblies), libtorch's heap, code that the JIT made, and the rest: the managed heap and stacks.
/// </summary>
internal static class MemoryRun
{
    private const int Early = 20, Settled = 100, Late = 500;

    /// <summary>Runs <c>bench/campaigns/many.yaml</c>, prints both sizes and writes <c>results/bench/memory.json</c>.</summary>
    public static void Run()
    {
        var results = Directory.CreateTempSubdirectory("bitsearch-memory-");
        var (ended, sizes) = (0, new Dictionary<int, Dictionary<string, double>>());
        CommandLine.Follow(["run", Path.Combine("bench", "campaigns", "many.yaml"), "--results", results.FullName], (line, process) =>
        {
            if (line.StartsWith("trial ", StringComparison.Ordinal) && ++ended is Early or Settled or Late)
            {
                sizes[ended] = Resident(process);
            }
        });
        var size = new DirectoryInfo(results.FullName).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
        results.Delete(recursive: true);
        var total = sizes.ToDictionary(s => s.Key, s => s.Value.Values.Sum());
        var growth = (total[Late] / total[Early]) - 1;
        var settled = (total[Late] / total[Settled]) - 1;
        var summary = new { trials = ended, residentMiB = total, partsMiB = sizes, growth, growthOnceSettled = settled, resultsMiB = size / 1048576, commit = Repository.Commit() };
        File.WriteAllText(Repository.PathOf("results", "bench", "memory.json"), JsonSerializer.Serialize(summary) + "\n");
        foreach (var (trials, parts) in sizes)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"after {trials} trials {total[trials]:F0} MiB: {string.Join(", ", parts.Select(p => FormattableString.Invariant($"{p.Key} {p.Value:F1}")))}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{100 * growth:+0.0;-0.0} % from {Early} to {Late} trials, {100 * settled:+0.0;-0.0} % from {Settled}"));
    }

    private static Dictionary<string, double> Resident(Process process)
    {
        var (parts, part) = (new Dictionary<string, double>(), "");
        foreach (var words in File.ReadLines($"/proc/{process.Id}/smaps").Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words[0] == "Rss:")
            {
                parts[part] = parts.GetValueOrDefault(part) + (double.Parse(words[1], CultureInfo.InvariantCulture) / 1024);
            }
            else if (!words[0].EndsWith(':'))
            {
                part = PartOf(words.Length > 5 ? words[5] : "");
            }
        }

        return parts;
    }

    private static string PartOf(string mapping) => mapping switch
    {
        "[heap]" => "native heap",
        _ when mapping.Contains("doublemapper", StringComparison.Ordinal) => "jitted code",
        _ when mapping.StartsWith('/') => "files",
        _ => "managed heap and stacks",
    };
}
