namespace BitSearch.Bench.Harness;

/// <summary>PyTorch as it comes, and with the memory allocator settings that BitSearch gives itself.</summary>
/// <param name="Plain">As it comes.</param>
/// <param name="Keeping">Keeping freed memory.</param>
internal sealed record Peers(Peer Plain, Peer Keeping) : IDisposable
{
    /// <summary>The columns' titles.</summary>
    public const string PlainTitle = "PyTorch", KeepingTitle = "PyTorch, memory kept";

    /// <summary>Its version; null: there is none.</summary>
    public string? Version => Plain.Missing is null ? Plain.Name : null;

    /// <summary>Starts both; they end with the group, which notes it if there are none.</summary>
    public static Peers Start(BenchmarkGroup group)
    {
        var peers = group.Own(new Peers(Peer.Start(keepMemory: false), Peer.Start(keepMemory: true)));
        group.Notes.Add(peers.Plain.Missing
            ?? $"{PlainTitle} is Debian's {peers.Plain.Name} as it comes; '{KeepingTitle}' has BitSearch's settings of glibc's allocator (MALLOC_MMAP_MAX_=0 and so on), so that it does not pay for page faults.");
        group.Peer = peers.Version;
        return peers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Plain.Dispose();
        Keeping.Dispose();
    }
}
