using System.Text.Json;
using System.Text.Json.Serialization;
using BitSearch.Cli.Plans;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Trials;

namespace BitSearch.Cli.Studies;

/// <summary>One point's width in a schedule file.</summary>
internal sealed record PointWidth(string Name, string Kind, int Bits, long Elements);

/// <summary>One line of a schedule file's ledger.</summary>
internal sealed record LedgerLine(string Layer, string Kind, long Bytes);

/// <summary>Where a schedule file comes from.</summary>
internal sealed record ScheduleOrigin(
    string Study, int Trial, string Arm, int Repeat, ulong Seed, double? ValidationErrorRate, string? Commit, string? PlanFingerprint, string? DataFingerprint, string? WeightsFingerprint);

/// <summary>
/// A schedule as a file for people and other programs: names, widths, the ledger of the packed file, where it comes from.
/// </summary>
internal sealed record ScheduleFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The network's catalog name.</summary>
    public required string Network { get; init; }

    /// <summary>The network's images, <c>[c, h, w]</c>.</summary>
    public required long[] Input { get; init; }

    /// <summary>The number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>The factor on the network's channels.</summary>
    public required double WidthMultiplier { get; init; }

    /// <summary>The quantizers' name.</summary>
    public required string Quantizer { get; init; }

    /// <summary>The schedule's text form.</summary>
    public required string Schedule { get; init; }

    /// <summary>The length of the packed file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Each point's width.</summary>
    public required PointWidth[] Points { get; init; }

    /// <summary>Every byte of the packed file.</summary>
    public required LedgerLine[] Ledger { get; init; }

    /// <summary>Where it comes from; null: not from a study.</summary>
    public ScheduleOrigin? Origin { get; init; }

    /// <summary>The trained state (safetensors), relative to this file; it may be gone. Null: there was none.</summary>
    public string? Weights { get; init; }

    /// <summary>The file of a trial.</summary>
    public static ScheduleFile Of(PlannedStudy design, Trial trial, Provenance provenance)
    {
        var (network, plan) = (design.Network, design.Plan);
        var ledger = BitSearch.Space.Ledger.Of(network, trial.Schedule);
        return new ScheduleFile
        {
            Network = network.Name,
            Input = [.. network.Input],
            Classes = network.Classes,
            WidthMultiplier = network.WidthMultiplier,
            Quantizer = network.Quantizer,
            Schedule = trial.Schedule.ToString(),
            Bytes = ledger.Total.Bytes,
            Points = [.. network.Points.Select((p, i) => new PointWidth(p.Name, Lower(p.Kind), trial.Schedule[i].Bits, p.Elements))],
            Ledger = [.. ledger.Entries.Select(e => new LedgerLine(e.Layer, Lower(e.Kind), e.Size.Bytes))],
            Origin = new ScheduleOrigin(
                plan.Name, trial.Number, trial.Arm, trial.Repeat, plan.Seed, trial.Completed?.ErrorRate,
                provenance.Commit, provenance.PlanFingerprint, provenance.DataFingerprint, provenance.WeightsFingerprint),
        };
    }

    /// <summary>Reads a file and checks it against the network that it names.</summary>
    /// <exception cref="PlanException">The file is missing, no schedule file, or contradicts its network.</exception>
    public static ScheduleFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ScheduleFile>(File.ReadAllBytes(path), Json)
                ?? throw new PlanException(path, "the file holds null", "a file that `bitsearch export` wrote");
            file.Check(path);
            return file;
        }
        catch (JsonException e)
        {
            throw new PlanException($"{path}:{e.LineNumber + 1}", $"no schedule file: {e.Message.Split(" Path:")[0]}", "a file that `bitsearch export` wrote");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, $"cannot be read: {e.Message}", "the path of a schedule file");
        }
    }

    /// <summary>The schedule.</summary>
    public Schedule Widths() => BitSearch.Space.Schedule.Parse(Schedule);

    /// <summary>What the network is made for.</summary>
    public NetworkSpec Spec() => new(Input.ToEquatableArray(), Classes, WidthMultiplier);

    /// <summary>The trained state's path; null: none is named, or it is gone.</summary>
    /// <param name="path">Where this file lies.</param>
    public string? WeightsBeside(string path) =>
        Weights is { } name && Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name) is var file && File.Exists(file) ? file : null;

    /// <summary>The file's bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string path) => WriteBeside.Write(path, stream => stream.Write([.. ToJson(), (byte)'\n']));

    private void Check(string path)
    {
        if (!BitSearch.Space.Schedule.TryParse(Schedule, out var schedule))
        {
            throw new PlanException($"{path}: schedule", $"'{Schedule}' is no schedule", "widths from 1 to 32 joined by '-'");
        }

        var quantizers = QuantizerPair.Parse(Quantizer, $"{path}: quantizer");
        var network = quantizers.Describe(Describe(path));
        var problems = quantizers.Check(network, schedule!, path).ToList();
        problems.AddRange(Points.Length != network.Points.Count
            ? [new Problem($"{path}: points", $"there are {Points.Length}", $"{Network} has {network.Points.Count}")]
            : schedule!.Count != Points.Length ? []
            : Points.Where((p, i) => p is null || p.Name != network.Points[i].Name || p.Bits != schedule[i].Bits)
                .Select(p => new Problem($"{path}: points", $"{p?.Name ?? "null"} with {p?.Bits ?? 0} bits contradicts network or schedule", "export the schedule again")));
        if (problems.Count == 0 && BitSearch.Space.Ledger.Of(network, schedule!).Total.Bytes is var bytes && bytes != Bytes)
        {
            problems.Add(new Problem($"{path}: bytes", $"{Bytes} bytes contradict network and schedule, which take {bytes}", "export the schedule again"));
        }

        if (problems.Count > 0)
        {
            throw new PlanException(problems);
        }
    }

    private NetworkDescription Describe(string path)
    {
        var factory = NetworkFactory.Catalog.Create(Network, $"{path}: network");
        try
        {
            return factory.Describe(Spec());
        }
        catch (PlanException e)
        {
            throw new PlanException(e.Problems.Select(p => p with { Place = $"{path}: {p.Place}" }));
        }
    }

    private static string Lower<T>(T kind)
        where T : struct, Enum => kind.ToString().ToLowerInvariant();
}
