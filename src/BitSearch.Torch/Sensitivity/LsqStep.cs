using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Data;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Training;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// The step size that LSQ learns for a point at a width: LIMPQ's importance (Tang et al. 2022). For each width the network
/// with all points at it, or at their own nearest width, is fine-tuned by the plan's recipe for a few steps, with LSQ
/// whatever the plan quantizes with. At 1 bit, where weights have no signed grid, it is the distance of the two values, on
/// average over channels. LIMPQ itself learns all widths at once with shared weights; this trains each by itself.
/// </summary>
[Component("lsq-step")]
public sealed class LsqStep : SensitivityMeasure
{
    /// <inheritdoc/>
    public override string Meaning => "step size learned by LSQ with all points at the width";

    /// <inheritdoc/>
    public override string Settings(SensitivitySubject subject) => Short(subject).ToString();

    /// <inheritdoc/>
    public override IReadOnlyList<MeasuredValue> Measure(
        SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        var (points, widths) = (subject.Network.Points, subject.AllWidths);
        var steps = widths.Select((width, i) => (width, Of: Learn(subject, subject.Nearest(width), Report(i), cancellationToken))).ToDictionary(s => s.width, s => s.Of);
        return
        [
            .. points.SelectMany((p, i) => p.Widths.Where(_ => Learns(subject, p))
                .Select(w => new MeasuredValue(p.Name, w, w.IsFull ? 0 : steps[w][i]))),
        ];

        Action<TrainingProgress> Report(int width) => progress =>
        {
            if (progress is TrainingProgress.Step step)
            {
                report(new MeasuringProgress((width * step.Steps) + step.Done, widths.Count * step.Steps));
            }
        };
    }

    /// <summary>The recipe of the fine-tuning.</summary>
    private static Recipe Short(SensitivitySubject subject) => subject.Recipe with { From = StartFrom.FloatWeights, Steps = subject.Settings.Steps, Epochs = 1, ReestimateBatchNorm = 0 };

    // LSQ's activations are those of ReLU: elsewhere they stay at full precision and have no value.
    private static bool Learns(SensitivitySubject subject, QuantizationPoint point) =>
        point.Kind == PointKind.Weight || subject.Quantizers.Nonlinearity == Nonlinearity.Relu;

    // Each point's learned step; 0 where the point stays at full precision.
    private static double[] Learn(SensitivitySubject subject, Schedule schedule, Action<TrainingProgress> report, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        var quantizers = new QuantizerPair(
            new LsqFamily(), subject.Quantizers.Nonlinearity == Nonlinearity.Relu ? new LsqFamily() : subject.Quantizers.Activations, PerChannel: false);
        var points = subject.Network.Points;
        using var network = subject.Create(quantizers, new Schedule(schedule.Widths.Select((w, i) => Learns(subject, points[i]) ? w : Bitwidth.Full).ToEquatableArray()));
        using var none = subject.Data.Validation.Slice(0, 0);
        var result = Trainer.Fit(network, WithoutValidation(subject.Data, none), Short(subject), subject.Streams, null, report, cancellationToken);
        if (result.Failure is { } failure)
        {
            throw new PlanException("lsq-step", $"fine-tuning at {schedule} {failure}", "a smaller training.learningRate");
        }

        var steps = new double[points.Count];
        foreach (var (quantizer, values) in network.Layers.SelectMany(l => l.InputQuantizer is { } input ? [(l.WeightQuantizer, l.Weight), (input, zeros(1))] : new (Quantizer, Tensor)[] { (l.WeightQuantizer, l.Weight) }))
        {
            steps[subject.Network.IndexOf(quantizer.Point.Name)] = quantizer.Width.IsFull ? 0 : Step(quantizer, values);
        }

        return steps;
    }

    private static double Step(Quantizer quantizer, Tensor values)
    {
        using var scope = new TensorScope();
        return quantizer.Encode(values).Scales.to(float64).mean().item<double>() * (quantizer is { Width.Bits: 1, Point.Kind: PointKind.Weight } ? 2 : 1);
    }

    private static DataSplits WithoutValidation(DataSplits data, ImageSet none) => new()
    {
        Train = data.Train,
        Validation = none,
        Test = none,
        Statistics = data.Statistics,
        Classes = data.Classes,
        Note = data.Note,
        Fingerprint = data.Fingerprint,
    };
}
