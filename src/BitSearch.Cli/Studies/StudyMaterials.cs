using System.Security.Cryptography;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Reports;
using BitSearch.Cli.Storage;
using BitSearch.Reports;
using BitSearch.Search;
using BitSearch.Study;
using BitSearch.Torch;
using BitSearch.Torch.Data;
using BitSearch.Torch.Sensitivity;
using BitSearch.Torch.Training;
using BitSearch.Trials;

namespace BitSearch.Cli.Studies;

/// <summary>What a study works with once it is loaded: images, float weights, shared weights.</summary>
/// <param name="Data">The three splits.</param>
/// <param name="Weights">A safetensors file of float weights; null: trained from scratch.</param>
/// <param name="WeightsFingerprint">SHA-256 of that file; null without one.</param>
internal sealed record StudyMaterials(DataSplits Data, string? Weights, string? WeightsFingerprint) : IDisposable
{
    /// <summary>The shared network; null: the plan has none.</summary>
    public SharedWeights? Shared { get; private set; }

    /// <summary>See <see cref="TrainingEvaluator.SpecialStart"/>.</summary>
    public string? Start { get; private init; }

    /// <summary>What the proposers need to know of the network.</summary>
    public IReadOnlyList<ObtainedMeasurement> Measured { get; private set; } = [];

    /// <summary>Loads everything that a study's trainings need, showing what has to be trained first.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">Where shared weights are kept.</param>
    /// <param name="workers">How many schedules shared training computes at once.</param>
    /// <param name="display">Shows progress.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="PlanException">Files are missing or wrong, or a training diverges.</exception>
    public static async Task<StudyMaterials> LoadAsync(
        PlannedStudy study, StudyFolder folder, int workers, ProgressDisplay display, CancellationToken cancellationToken)
    {
        TorchRuntime.Initialise();
        var materials = await display.TrainingAsync(
            $"float {study.Plan.Network.Name}", report => Task.Run(() => Load(study, report, cancellationToken), cancellationToken));
        if (study.Plan.Shared is { } shared)
        {
            var sandwich = new Sandwich(study.Arms.Select(a => a.Space).ToEquatableArray(), shared.Random, study.Plan.Budget.Of);
            materials.Shared = await display.TrainingAsync("shared weights", report => Task.Run(
                () => SharedWeights.Obtain(
                    study.Plan, sandwich, materials.Data, materials.Weights!, Path.Combine(folder.Weights, "shared.safetensors"), workers, report, cancellationToken),
                cancellationToken));
        }

        materials.Measured = await StudyMeasurements.ObtainAsync(
            study, materials, StudyMeasurements.NeededBy(study), new SensitivitySettings(), display, cancellationToken);
        return materials;
    }

    /// <summary>The study's arms, with what their proposers need.</summary>
    public IReadOnlyList<StudyArm> Arms(PlannedStudy study) =>
    [
        .. study.Arms.Select(arm => arm with
        {
            Measured = new Measurements(Measured.Select(m => m.File.Measurement).Where(m => arm.Proposer.Needs.Contains(m.Name))),
        }),
    ];

    /// <summary>The evaluator of the study.</summary>
    public TrainingEvaluator Evaluator(StudyPlan plan, StudyFolder folder) => new(plan, Data, Weights, folder.Weights, Shared?.Network);

    /// <summary>Trained float baselines are kept here, by fingerprint.</summary>
    public static string Cache => CacheOf("weights");

    /// <summary>Where a kind of results is kept for all studies, by fingerprint.</summary>
    public static string CacheOf(string kind) => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "bitsearch",
        kind);

    /// <summary>Loads the images, and the weights or trains them by the plan's baseline recipe.</summary>
    /// <param name="study">The study.</param>
    /// <param name="report">Hears of a baseline's training.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <param name="measures">Whether the weights are measured, and so needed whatever training starts from.</param>
    /// <exception cref="PlanException">Files are missing or wrong.</exception>
    public static StudyMaterials Load(PlannedStudy study, Action<TrainingProgress> report, CancellationToken cancellationToken, bool measures = false)
    {
        var (plan, data) = (study.Plan, Images(study, cancellationToken));
        var weights = plan.Training.From == StartFrom.Scratch && !measures && StudyMeasurements.NeededBy(study).Count == 0 ? null
            : plan.Network.Weights ?? FloatBaseline.Obtain(
                plan.Network, study.Quantizers.Nonlinearity, data, new Seed(plan.Seed), Cache, report, cancellationToken).Path;
        return new StudyMaterials(data, weights, weights is null ? null : Hash(weights)) { Start = TrainingEvaluator.SpecialStart(plan.Training, study.Quantizers) };
    }

    /// <summary>The plan's three splits.</summary>
    /// <exception cref="PlanException">Files are missing or wrong, or a recipe asks for more images than there are.</exception>
    public static DataSplits Images(PlannedStudy study, CancellationToken cancellationToken)
    {
        var data = study.Dataset.Load(study.DataRequest, cancellationToken);
        var problems = RecipeLimits.Check(study.Plan, data.Train.Count).ToArray();
        if (problems.Length == 0)
        {
            return data;
        }

        data.Dispose();
        throw new PlanException(problems);
    }

    /// <summary>A plan and everything else that decides results, by field.</summary>
    /// <param name="fields">The plan, flat.</param>
    public IReadOnlyDictionary<string, string> Identity(IReadOnlyDictionary<string, string> fields)
    {
        var machine = Machine.Describe();
        IEnumerable<KeyValuePair<string, string>> begun = Start is null ? [] : [KeyValuePair.Create("training.start.content", Start)];
        var measured = Measured.Select(m => KeyValuePair.Create($"measured.{m.File.Measurement.Name}.content", m.File.Fingerprint));
        return new Dictionary<string, string>(fields.Concat(measured).Concat(begun))
        {
            ["data.content"] = Data.Fingerprint,
            ["network.weights.content"] = WeightsFingerprint ?? "none",
            ["version.bitsearch"] = machine.Version ?? "unknown",
            ["version.torchSharp"] = machine.TorchSharp ?? "unknown",
            ["version.libTorch"] = machine.LibTorch ?? "unknown",
        };
    }

    /// <summary>Versions, machine and fingerprints for the report.</summary>
    public Provenance Provenance(PlannedStudy study, string command, int workers) => Machine.Describe() with
    {
        Command = command,
        Workers = workers,
        SharedSeconds = Shared?.Time.TotalSeconds,
        Splits = Data.Note,
        PlanFingerprint = study.Fingerprint,
        DataFingerprint = Data.Fingerprint,
        WeightsFingerprint = WeightsFingerprint,
    };

    /// <summary>Frees the images and the shared network.</summary>
    public void Dispose()
    {
        Data.Dispose();
        Shared?.Dispose();
    }

    private static string Hash(string weights)
    {
        try
        {
            using var stream = File.OpenRead(weights);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException($"network.weights: {weights}", $"the file cannot be read: {e.Message}", "the path of a safetensors file");
        }
    }
}
