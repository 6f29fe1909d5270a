using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace BitSearch.Bench.Harness;

/// <summary>Where, when and with which versions something was measured.</summary>
/// <param name="Date">UTC.</param>
/// <param name="Commit">The commit of the working tree, with <c>-dirty</c> where it has changes; null: unknown.</param>
/// <param name="Processor">The processor's model.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="Load">The mean number of busy processes over the minute before; far above 0: the machine was not quiet.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="DotNet">The .NET runtime.</param>
/// <param name="TorchSharp">TorchSharp's version.</param>
/// <param name="LibTorch">libtorch's version.</param>
/// <param name="Peer">The peer's version; null: there was none.</param>
internal sealed record Machine(
    DateTimeOffset Date, string? Commit, string? Processor, int Cores, double? Load, string OperatingSystem, string DotNet, string? TorchSharp, string LibTorch, string? Peer)
{
    /// <summary>This machine, now.</summary>
    /// <param name="peer">The peer's version.</param>
    public static Machine Describe(string? peer) => new(
        TimeProvider.System.GetUtcNow(),
        Repository.Commit(),
        Line("/proc/cpuinfo", "model name")?.Split(':', 2)[1].Trim(),
        Environment.ProcessorCount,
        Line("/proc/loadavg", "") is { } load ? double.Parse(load.Split(' ')[0]) : null,
        RuntimeInformation.OSDescription,
        Environment.Version.ToString(),
        typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
        torch.__version__,
        peer);

    private static string? Line(string file, string start) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal))
        : null;
}
