using System.Diagnostics;

namespace BitSearch.Cli.Tests.Commands;

/// <summary>What a process said and ended with.</summary>
internal sealed record ProcessResult(int Exit, string Out, string Error)
{
    /// <summary>The lines on standard error.</summary>
    public string[] Errors => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The built program as a process of its own.</summary>
internal sealed class BitSearchProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;

    private BitSearchProcess(Process process)
    {
        _process = process;
        _out = process.StandardOutput.ReadToEndAsync(Token);
        _error = process.StandardError.ReadToEndAsync(Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "bitsearch-cli.dll");

    /// <summary>Starts the program.</summary>
    /// <param name="folder">Working directory; trained full-precision weights are cached in it too.</param>
    /// <param name="arguments">The command line.</param>
    public static BitSearchProcess Start(string folder, params string[] arguments) => Start(folder, "dotnet", [Program, .. arguments]);

    /// <summary>Runs a script that may mount file systems, seen by itself alone; in it, <c>bitsearch</c> is the program.</summary>
    /// <returns>What it said and ended with; null where the system allows no such thing.</returns>
    public static async Task<ProcessResult?> RunMountingAsync(string folder, string script)
    {
        using var allowed = Start(folder, "unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", folder]);
        if ((await allowed.EndAsync()).Exit != 0)
        {
            return null;
        }

        using var process = Start(folder, "unshare", ["-rm", "bash", "-c", $"bitsearch() {{ dotnet '{Program}' \"$@\"; }}\n{script}"]);
        return await process.EndAsync();
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<ProcessResult> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<ProcessResult> EndAsync()
    {
        await _process.WaitForExitAsync(Token);
        return new ProcessResult(_process.ExitCode, await _out, await _error);
    }

    /// <summary>Sends a signal: 2 is Ctrl-C, 9 ends it at once, 15 asks it to end.</summary>
    public void Signal(int number)
    {
        using var kill = Process.Start("kill", [$"-{number}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end, but no longer than this.</summary>
    /// <returns>Whether it ended.</returns>
    public bool EndsWithin(TimeSpan time) => _process.WaitForExit(time);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static BitSearchProcess Start(string folder, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder, "cache");
        return new BitSearchProcess(Process.Start(start)!);
    }
}
