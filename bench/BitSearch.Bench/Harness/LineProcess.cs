using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace BitSearch.Bench.Harness;

/// <summary>
/// A process that greets with a JSON line and then answers each line of its standard input with one: how this program asks
/// Python peers, and itself with other thread settings.
/// </summary>
internal sealed class LineProcess : IDisposable
{
    private readonly Process _process;
    private readonly Queue<string> _errors = new();

    private LineProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, e) => Note(e.Data);
        _process.BeginErrorReadLine();
        Greeting = Read();
    }

    /// <summary>The first line.</summary>
    public JsonElement Greeting { get; }

    /// <summary>Starts a process and waits for its greeting.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables on top of this process's.</param>
    /// <exception cref="PlanException">There is no such program, or it ends before it greets; with its last words.</exception>
    public static LineProcess Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new LineProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new PlanException(file, e.Message, "a program that can be started");
        }
    }

    /// <summary>Asks for a time.</summary>
    /// <param name="line">The request.</param>
    /// <exception cref="PlanException">The process refuses or ends.</exception>
    public Measurement Measure(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        var answer = Read();
        return answer.TryGetProperty("error", out var error)
            ? throw new PlanException($"{_process.StartInfo.FileName}: {line}", error.GetString()!, "a request that it knows")
            : new Measurement(answer.GetProperty("cpu").GetDouble(), answer.GetProperty("wall").GetDouble());
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private JsonElement Read()
    {
        if (_process.StandardOutput.ReadLine() is { } line)
        {
            return JsonSerializer.Deserialize<JsonElement>(line);
        }

        _process.WaitForExit();
        lock (_errors)
        {
            throw new PlanException(
                _process.StartInfo.FileName, $"ended with exit code {_process.ExitCode}: {string.Join(" | ", _errors)}", "an answer to every request");
        }
    }

    private void Note(string? line)
    {
        lock (_errors)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                _errors.Enqueue(line);
            }

            if (_errors.Count > 3)
            {
                _errors.Dequeue();
            }
        }
    }
}
