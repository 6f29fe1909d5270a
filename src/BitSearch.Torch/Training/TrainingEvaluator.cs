using System.Diagnostics;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Trials;

namespace BitSearch.Torch.Training;

/// <summary>
/// Evaluates schedules by training: the only bridge from search to tensors. May be called from several threads at once. The
/// trained state of evaluation 7 is kept in <c>7.safetensors</c>; where that is missing or damaged it is trained again,
/// which gives the same bits.
/// </summary>
public sealed partial class TrainingEvaluator : IEvaluator, IDisposable
{
    /// <summary>Under this name a trained state says under which schedule it was trained.</summary>
    public const string ScheduleNote = "schedule";

    private readonly NetworkFactory _factory;
    private readonly NetworkSpec _spec;
    private readonly QuantizerPair _quantizers;
    private readonly Recipe _recipe;
    private readonly Seed _seed;
    private readonly DataSplits _data;
    private readonly LadderPlan? _ladder;
    private readonly Network? _float;
    private readonly Network? _shared;
    private readonly string _origin;
    private readonly string _folder;

    /// <summary>Makes the evaluator of a study.</summary>
    /// <param name="plan">Says network, quantizers, recipe and seed.</param>
    /// <param name="data">The images, validation ones among them; stay the caller's and must outlive the evaluator.</param>
    /// <param name="weights">A safetensors file of float weights, read once; null when the recipe starts from scratch or from shared weights.</param>
    /// <param name="folder">Where trained states are kept; made when needed.</param>
    /// <param name="shared">The shared network, when the recipe starts from it; stays the caller's and must outlive the evaluator.</param>
    /// <exception cref="PlanException">A name is unknown, or the weights are missing or no weights of this network.</exception>
    public TrainingEvaluator(StudyPlan plan, DataSplits data, string? weights, string folder, Network? shared = null)
    {
        _factory = NetworkFactory.Catalog.Create(plan.Network.Name, "network.name");
        _spec = SpecOf(plan.Network, data);
        _quantizers = QuantizerPair.Of(plan.Quantizer);
        (_recipe, _seed, _data, _folder, _ladder, _shared) = (plan.Training, new Seed(plan.Seed), data, folder, plan.Ladder, shared);
        if (data.Validation.Count == 0)
        {
            throw new PlanException("data.validation", "no images are left to score schedules on", "at least 1");
        }

        if (_recipe.From is StartFrom.FloatWeights or StartFrom.Nearest)
        {
            _float = ReadFloat(weights ?? throw new PlanException(
                "network.weights", "training starts from float weights and none are given", "a safetensors file, a baseline recipe, or from: scratch"));
        }

        var start = Start is { } network ? Checkpoint.Digest(network.state_dict()) : SpecialStart(_recipe, _quantizers) ?? "scratch";
        _origin = Checkpoint.Identity(data.Fingerprint, plan.Network.Name, _spec, _quantizers.Name, _recipe, _seed, start);
    }

    /// <summary>Where every training starts that has no warm start; null: from scratch.</summary>
    private Network? Start => _recipe.From == StartFrom.Shared ? _shared : _float;

    /// <summary>What a plan's network is made for, on these data.</summary>
    public static NetworkSpec SpecOf(NetworkPlan plan, DataSplits data) =>
        NetworkSpec.Of(plan, (data.Train.Channels, data.Train.Height, data.Train.Width), data.Classes.Count);

    /// <summary>What a training from scratch begins as where that is not normal: part of a study's identity, for it was another once. Null: nothing special.</summary>
    public static string? SpecialStart(Recipe recipe, QuantizerPair quantizers) =>
        recipe.From == StartFrom.Scratch && quantizers.Weights.ClampsLatentWeights ? "scratch, uniform" : null;

    /// <inheritdoc/>
    /// <exception cref="PlanException">The trained state cannot be written: no fault of the schedule.</exception>
    public TrialOutcome Evaluate(Evaluation evaluation, Action<StudyEvent> report, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var (rungs, reason) = (new List<double>(), (string?)null);
        TrialOutcome outcome;
        try
        {
            TorchRuntime.OneThread();
            using var scope = new TensorScope();
            using var network = Create(evaluation, cancellationToken);
            using var images = _data.Validation.Slice(0, Math.Min(_ladder?.Images ?? _data.Validation.Count, _data.Validation.Count));
            var result = Train(evaluation, network, _ladder is null ? null : new TrainingLadder(_ladder.Rungs, images, GoesOn), report, cancellationToken);
            outcome = result.Halted ? new TrialOutcome.Pruned(reason!)
                : result.Validation is { } score ? new TrialOutcome.Completed(score.ErrorRate, score.Loss) { Curve = result.Curve }
                : new TrialOutcome.Failed(result.Failure!);
        }
        catch (Exception e) when (e is not (OperationCanceledException or PlanException))
        {
            outcome = new TrialOutcome.Failed($"{e.GetType().Name}: {e.Message.Split('\n')[0].Trim()}");
        }

        return outcome with { Rungs = [.. rungs], Duration = Stopwatch.GetElapsedTime(start) };

        bool GoesOn(int rung, double score)
        {
            rungs.Add(score);
            report(new StudyEvent.RungReached(evaluation.Number, $"{_ladder!.Rungs[rung]}", score));
            reason = evaluation.WhyPrune(rung, score);
            return reason is null;
        }
    }

    /// <summary>Frees the float weights.</summary>
    public void Dispose() => _float?.Dispose();

    private Network Create(Evaluation evaluation, CancellationToken cancellationToken, bool filled = true)
    {
        var network = _factory.Create(_spec, _quantizers, evaluation.Schedule, StreamsOf(evaluation).Initialisation);
        using var warm = filled && evaluation.WarmStart is { } nearest ? Load(nearest, cancellationToken) : null;
        if (filled && (warm ?? Start) is { } start)
        {
            network.CopyFrom(start);
        }

        return network;
    }

    private TrainingResult Train(
        Evaluation evaluation, Network network, TrainingLadder? ladder, Action<StudyEvent> report, CancellationToken cancellationToken)
    {
        var result = Trainer.Fit(
            network, _data, _recipe, StreamsOf(evaluation), ladder, p => report(Event(evaluation.Number, p)), cancellationToken);
        if (result.Validation is { } score)
        {
            Checkpoint.Write(PathOf(evaluation), network, IdentityOf(evaluation), new Dictionary<string, string>
            {
                [ScheduleNote] = evaluation.Schedule.ToString(),
                ["repeat"] = $"{evaluation.Repeat}",
                ["validation"] = $"{score.Correct}/{score.Count}",
            });
        }

        return result;
    }

    private static StudyEvent Event(int number, TrainingProgress progress) => progress switch
    {
        TrainingProgress.Step step => new StudyEvent.StepFinished(number, step.Done, step.Steps, step.Loss),
        TrainingProgress.Epoch epoch => new StudyEvent.EpochFinished(number, epoch.Done, epoch.Validation.ErrorRate),
        _ => throw new ArgumentException($"{progress} is no progress", nameof(progress)),
    };

    private Network ReadFloat(string weights)
    {
        using var scope = new TensorScope();
        using var file = SafetensorsFile.Read(weights);
        var network = _factory.CreateFloat(_spec, _quantizers.Nonlinearity, seed: 0);
        network.Load(file);
        return network;
    }

    private TrainingStreams StreamsOf(Evaluation evaluation) => new(_seed, evaluation.Repeat);

    private string IdentityOf(Evaluation evaluation) => evaluation.WarmStart is { } start
        ? Checkpoint.Identity(_origin, evaluation.Schedule, evaluation.Repeat, IdentityOf(start))
        : Checkpoint.Identity(_origin, evaluation.Schedule, evaluation.Repeat);

    private string PathOf(Evaluation evaluation) => Path.Combine(_folder, $"{evaluation.Number}.safetensors");
}
