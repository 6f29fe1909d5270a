namespace BitSearch.Reports;

/// <summary>
/// Where and how a study was computed: what is not in the plan, yet needed to believe or repeat a result. A null is
/// unknown and is written as such.
/// </summary>
public sealed record Provenance
{
    /// <summary>BitSearch's version.</summary>
    public string? Version { get; init; }

    /// <summary>The commit BitSearch was built from.</summary>
    public string? Commit { get; init; }

    /// <summary>The .NET runtime.</summary>
    public string? DotNet { get; init; }

    /// <summary>TorchSharp's version.</summary>
    public string? TorchSharp { get; init; }

    /// <summary>libtorch's version.</summary>
    public string? LibTorch { get; init; }

    /// <summary>The operating system.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The processor's model.</summary>
    public string? Processor { get; init; }

    /// <summary>Logical cores of the machine.</summary>
    public int? Cores { get; init; }

    /// <summary>Trials trained at the same time, one thread each.</summary>
    public int? Workers { get; init; }

    /// <summary>How long the training of shared weights took, in seconds; null: there are none.</summary>
    public double? SharedSeconds { get; init; }

    /// <summary>The command line.</summary>
    public string? Command { get; init; }

    /// <summary>How the images were split, in a sentence.</summary>
    public string? Splits { get; init; }

    /// <summary>The fingerprint of the plan.</summary>
    public string? PlanFingerprint { get; init; }

    /// <summary>The fingerprint of the data.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>The fingerprint of the float weights.</summary>
    public string? WeightsFingerprint { get; init; }

    /// <summary>When this run of the study began, in UTC.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended, in UTC.</summary>
    public DateTimeOffset? Finished { get; init; }
}
