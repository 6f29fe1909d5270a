using System.Reflection;
using System.Runtime.InteropServices;
using BitSearch.Reports;
using TorchSharp;

namespace BitSearch.Cli.Reports;

/// <summary>Reads off versions and the machine.</summary>
internal static class Machine
{
    /// <summary>What can be known without a study: versions, commit, operating system, processor, cores.</summary>
    public static Provenance Describe()
    {
        var version = Informational(typeof(Machine).Assembly)?.Split('+', 2) ?? [];
        return new Provenance
        {
            Version = version.ElementAtOrDefault(0),
            Commit = version.ElementAtOrDefault(1),
            DotNet = Environment.Version.ToString(),
            TorchSharp = Informational(typeof(torch).Assembly)?.Split('+')[0],
            LibTorch = torch.__version__,
            OperatingSystem = RuntimeInformation.OSDescription,
            Processor = Processor(),
            Cores = Environment.ProcessorCount,
        };
    }

    /// <summary>Cores of the machine, those that share one counted once; logical ones where the system does not say.</summary>
    public static int PhysicalCores()
    {
        if (!File.Exists("/proc/cpuinfo"))
        {
            return Environment.ProcessorCount;
        }

        var blocks = File.ReadAllText("/proc/cpuinfo").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var cores = blocks.Select(b => string.Concat(b.Split('\n').Where(l => l.StartsWith("physical id", StringComparison.Ordinal) || l.StartsWith("core id", StringComparison.Ordinal))));
        return Math.Clamp(cores.Where(c => c.Length > 0).Distinct().Count(), 1, Environment.ProcessorCount);
    }

    private static string? Informational(Assembly assembly) => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static string? Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
}
