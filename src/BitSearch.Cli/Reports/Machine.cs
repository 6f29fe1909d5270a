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

    private static string? Informational(Assembly assembly) => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static string? Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
}
