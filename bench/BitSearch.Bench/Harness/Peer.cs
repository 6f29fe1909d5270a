namespace BitSearch.Bench.Harness;

/// <summary>Debian's PyTorch doing the same work: <c>bench/peers/peer.py</c>, spawned once and asked for each round.</summary>
internal sealed class Peer : IDisposable
{
    private const string Python = "/usr/bin/python3";

    /// <summary>glibc's settings by which freed memory is kept; this process has the same (<see cref="Torch.TorchRuntime"/>).</summary>
    private static readonly Dictionary<string, string> KeepMemory = new()
    {
        ["MALLOC_MMAP_MAX_"] = "0",
        ["MALLOC_TRIM_THRESHOLD_"] = "-1",
        ["MALLOC_TOP_PAD_"] = $"{64 << 20}",
    };

    private readonly LineProcess? _process;

    private Peer(LineProcess? process, string name, string? missing) => (_process, Name, Missing) = (process, name, missing);

    /// <summary>Its name and version, such as <c>PyTorch 1.13.0</c>.</summary>
    public string Name { get; }

    /// <summary>Why there is none; null: there is one.</summary>
    public string? Missing { get; }

    /// <summary>Starts the peer; without python3-torch there is none, and the rest can still be measured.</summary>
    /// <param name="keepMemory">With this process's memory allocator settings, or as it comes.</param>
    public static Peer Start(bool keepMemory)
    {
        var environment = new Dictionary<string, string>(keepMemory ? KeepMemory : []) { ["OMP_NUM_THREADS"] = "1" };
        try
        {
            var process = LineProcess.Start(Python, [Repository.PathOf("bench", "peers", "peer.py")], environment);
            return new Peer(process, process.Greeting.GetProperty("name").GetString()!, null);
        }
        catch (PlanException e)
        {
            return new Peer(null, "PyTorch", $"No peer (apt-get install python3-torch): {e.Message}");
        }
    }

    /// <summary>Adds a case that the peer measures on one thread; an empty one if there is no peer.</summary>
    /// <param name="group">Where to.</param>
    /// <param name="subject">The row.</param>
    /// <param name="variant">The column.</param>
    /// <param name="benchmark">The peer's name for it.</param>
    /// <param name="repeats">Runs for a mean.</param>
    /// <param name="amount">Pieces done in a run.</param>
    public void Add(BenchmarkGroup group, string subject, string variant, string benchmark, int repeats, double amount = 0)
    {
        Func<Measurement>? measure = _process is { } process ? () => process.Measure($"{benchmark} 1 {repeats}") : null;
        group.Cases.Add(new BenchmarkCase(subject, variant, measure, amount));
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _process?.Dispose();
}
