namespace BitSearch.Bench.Harness;

/// <summary>Cases that are measured in the same rounds and stand in one table. Owns what its cases need.</summary>
/// <param name="Name">The name on the command line and of the result file.</param>
/// <param name="Title">What is measured, for people.</param>
internal sealed record BenchmarkGroup(string Name, string Title) : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>The cases, those of one subject side by side.</summary>
    public List<BenchmarkCase> Cases { get; } = [];

    /// <summary>The ratios to show, where both variants were measured.</summary>
    public List<Ratio> Ratios { get; } = [];

    /// <summary>What the reader has to know, such as why something is missing.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The peer's version; null: there is none, or the group has no use for one.</summary>
    public string? Peer { get; set; }

    /// <summary>Rounds that count, unless something else is asked for.</summary>
    public int Rounds { get; init; } = 11;

    /// <summary>Rounds before them that do not count.</summary>
    public int WarmUps { get; init; } = 2;

    /// <summary>Whether medians are of wall time, because more than one thread computes; else of CPU time.</summary>
    public bool Wall { get; init; }

    /// <summary>What the amounts count, such as <c>images</c>; null: nothing.</summary>
    public string? Unit { get; init; }

    /// <summary>The time over which amounts are shown: <c>s</c> or <c>min</c>.</summary>
    public string Per { get; init; } = "s";

    /// <summary>The time that counts.</summary>
    public double TimeOf(Measurement measurement) => Wall ? measurement.Wall : measurement.Cpu;

    /// <summary>Disposes of something with the group.</summary>
    /// <returns>The same.</returns>
    public T Own<T>(T resource)
        where T : IDisposable
    {
        _owned.Add(resource);
        return resource;
    }

    /// <summary>Frees what the cases needed.</summary>
    public void Dispose() => _owned.ForEach(o => o.Dispose());
}
