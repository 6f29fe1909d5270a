using System.CommandLine;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Studies;
using BitSearch.Torch;
using static TorchSharp.torch;

namespace BitSearch.Cli.Commands;

/// <summary><c>bitsearch doctor</c>.</summary>
internal static class DoctorCommand
{
    private sealed record Finding(string What, bool Good, string Says);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (json, results) = (Shared.Json(), Shared.Results());
        var command = new Command("doctor", "Check this machine: versions, libtorch, threads, data, disk.") { json, results };
        command.SetAction(parsed =>
        {
            var findings = Findings(parsed.GetRequiredValue(results)).ToList();
            if (parsed.GetValue(json))
            {
                Output.Json(findings);
            }
            else
            {
                findings.ForEach(f => Console.WriteLine($"{(f.Good ? "ok     " : "MISSING")} {f.What}: {f.Says}"));
            }

            return findings.Where(f => !f.Good).Any(f => f.What == "libtorch") ? 1 : 0;
        });
        return command;
    }

    private static IEnumerable<Finding> Findings(string results)
    {
        yield return LibTorch();
        var machine = Machine.Describe();
        yield return new Finding("BitSearch", true, $"{machine.Version} ({machine.Commit ?? "commit unknown"}), .NET {machine.DotNet}");
        yield return new Finding("machine", true, $"{machine.OperatingSystem}, {machine.Processor}, {machine.Cores} cores");
        foreach (var (name, set) in Components.Datasets.All())
        {
            var here = set.Check(null);
            yield return new Finding($"data {name}", here.Found, here.Found ? here.Location : here.Remedy);
        }

        var drive = new DriveInfo(Path.GetFullPath(Directory.Exists(results) ? results : "."));
        yield return new Finding("disk", true, FormattableString.Invariant($"{drive.AvailableFreeSpace / 1024.0 / 1024 / 1024:F1} GiB free for {results}"));
        yield return new Finding("weights cache", true, StudyMaterials.Cache);
    }

    private static Finding LibTorch()
    {
        try
        {
            TorchRuntime.Initialise();
            using var two = ones(2);
            using var sum = two.sum();
            var gap = TorchRuntime.ConvolutionGap();
            return new Finding(
                "libtorch",
                sum.item<float>() == 2 && gap < 1e-4,
                FormattableString.Invariant($"{__version__} loads and computes, {get_num_threads()} thread; convolution gradients are {gap:E1} off double precision"));
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException)
        {
            return new Finding("libtorch", false, $"does not load: {e.GetBaseException().Message.Split('\n')[0]}; build on this machine with ./bitsearch or make build");
        }
    }
}
