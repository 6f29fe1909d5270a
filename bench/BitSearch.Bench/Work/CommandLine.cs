using System.Diagnostics;
using BitSearch.Bench.Harness;

namespace BitSearch.Bench.Work;

/// <summary>BitSearch's own command line, run as a user runs it: <c>./bitsearch</c> in the repository's root.</summary>
internal static class CommandLine
{
    /// <summary>Runs it to the end; its output is thrown away.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>CPU time of the process and wall time.</returns>
    /// <exception cref="PlanException">It fails; with its last words.</exception>
    public static Measurement Run(params string[] arguments)
    {
        var (start, cpu) = (Stopwatch.GetTimestamp(), Clock.ChildrenCpu());
        using var process = Start(arguments);
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        var measured = new Measurement(Clock.ChildrenCpu() - cpu, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return process.ExitCode == 0 ? measured : throw new PlanException(
            $"./bitsearch {string.Join(' ', arguments)}", $"exit code {process.ExitCode}: {errors.Trim()}", "a command that succeeds");
    }

    /// <summary>Runs it to the end, handing over each line as it comes.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="hear">Hears each line of standard output, while the process may still run.</param>
    /// <exception cref="PlanException">It fails; with its last words.</exception>
    public static void Follow(string[] arguments, Action<string, Process> hear)
    {
        using var process = Start(arguments);
        process.ErrorDataReceived += (_, e) => Console.Error.WriteLine(e.Data);
        process.BeginErrorReadLine();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            hear(line, process);
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new PlanException($"./bitsearch {string.Join(' ', arguments)}", $"exit code {process.ExitCode}", "a command that succeeds");
        }
    }

    /// <summary>Whether the help of a command names an option.</summary>
    public static bool Offers(string command, string option)
    {
        using var process = Start([command, "--help"]);
        var help = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return help.Contains(option, StringComparison.Ordinal);
    }

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(Repository.PathOf("bitsearch"), arguments)
    {
        WorkingDirectory = Repository.Root,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
