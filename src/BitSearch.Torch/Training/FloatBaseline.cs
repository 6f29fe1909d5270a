using System.Globalization;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Trials;

namespace BitSearch.Torch.Training;

/// <summary>A trained full-precision network.</summary>
/// <param name="Path">Its safetensors file, with PyTorch's names.</param>
/// <param name="Validation">What it reads on the validation images; null without any.</param>
/// <param name="Cached">Whether it was there already.</param>
public sealed record FloatBaseline(string Path, Score? Validation, bool Cached)
{
    /// <summary>
    /// Trains a network at full precision from scratch, or finds it in the cache, where its name tells network and width and
    /// holds a fingerprint of all that decides it: data, recipe, seed, versions.
    /// </summary>
    /// <param name="plan">The network and its baseline recipe.</param>
    /// <param name="nonlinearity">What stands between layers; the activations' quantizer decides it.</param>
    /// <param name="data">The images; validation ones are read, not learned.</param>
    /// <param name="seed">The study's seed; repeat 0 of its streams is used.</param>
    /// <param name="cache">The folder; made when needed.</param>
    /// <param name="report">Hears of progress; of nothing when the network is in the cache.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="PlanException">No recipe, an unknown network, a training that diverges, or a disk that refuses.</exception>
    /// <exception cref="OperationCanceledException">A stop was requested; nothing was written.</exception>
    public static FloatBaseline Obtain(
        NetworkPlan plan,
        Nonlinearity nonlinearity,
        DataSplits data,
        Seed seed,
        string cache,
        Action<TrainingProgress> report,
        CancellationToken cancellationToken)
    {
        var recipe = plan.Baseline ?? throw new PlanException(
            "network.baseline", "there is neither a file of weights nor a recipe to train them", "network.weights: FILE, or network.baseline");
        var streams = new TrainingStreams(seed, Repeat: 0);
        var spec = TrainingEvaluator.SpecOf(plan, data);
        using var scope = new TensorScope();
        using var network = NetworkFactory.Catalog.Create(plan.Name, "network.name").CreateFloat(spec, nonlinearity, streams.Initialisation);
        var identity = Checkpoint.Identity("float", plan.Name, spec, nonlinearity, data.Fingerprint, recipe, seed);
        var path = System.IO.Path.Combine(cache, string.Create(CultureInfo.InvariantCulture, $"{plan.Name}-{plan.Width}x-{identity[..16]}.safetensors"));
        if (Checkpoint.Read(path, network, identity) is { } notes)
        {
            return new FloatBaseline(path, ScoreOf(notes), Cached: true);
        }

        var result = Trainer.Fit(network, data, recipe, streams, null, report, cancellationToken);
        if (result.Failure is { } failure)
        {
            throw new PlanException("network.baseline", failure, "a smaller learning rate");
        }

        Checkpoint.Write(path, network, identity, Notes(plan, data, recipe, seed, result.Validation));
        return new FloatBaseline(path, result.Validation, Cached: false);
    }

    private static Dictionary<string, string> Notes(NetworkPlan plan, DataSplits data, Recipe recipe, Seed seed, Score? validation)
    {
        var notes = new Dictionary<string, string>
        {
            ["network"] = plan.Name,
            ["width"] = plan.Width.ToString("R", CultureInfo.InvariantCulture),
            ["data"] = data.Fingerprint,
            ["recipe"] = recipe.ToString(),
            ["seed"] = seed.Value.ToString(CultureInfo.InvariantCulture),
        };
        if (validation is not null)
        {
            notes["validation.correct"] = validation.Correct.ToString(CultureInfo.InvariantCulture);
            notes["validation.count"] = validation.Count.ToString(CultureInfo.InvariantCulture);
            notes["validation.loss"] = validation.Loss.ToString("R", CultureInfo.InvariantCulture);
        }

        return notes;
    }

    private static Score? ScoreOf(IReadOnlyDictionary<string, string> notes) => !notes.ContainsKey("validation.count") ? null : new Score(
        int.Parse(notes["validation.correct"], CultureInfo.InvariantCulture),
        int.Parse(notes["validation.count"], CultureInfo.InvariantCulture),
        double.Parse(notes["validation.loss"], CultureInfo.InvariantCulture));
}
