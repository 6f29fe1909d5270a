using BitSearch.Search;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>How far the outputs move when one point is quantized and all others are at full precision.</summary>
public abstract class OutputMeasure : SensitivityMeasure
{
    /// <inheritdoc/>
    public sealed override string Settings(SensitivitySubject subject) => subject.CalibrationAndImages;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<MeasuredValue> Measure(
        SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        using var gap = new OutputGap(subject, Loss, cancellationToken);
        using var network = subject.CreateCalibrated(cancellationToken);
        var (values, parts) = (new List<MeasuredValue>(), subject.Network.Points.Sum(p => p.Widths.Count));
        for (var i = 0; i < subject.Network.Points.Count; i++)
        {
            var point = subject.Network.Points[i];
            foreach (var width in point.Widths)
            {
                network.Use(subject.Full.With(i, width));
                values.Add(new MeasuredValue(point.Name, width, gap.Of(network, cancellationToken)));
                report(new MeasuringProgress(values.Count, parts));
            }
        }

        return values;
    }

    /// <summary>The loss of each image.</summary>
    /// <param name="reference">The float network's outputs, float64 [n, classes].</param>
    /// <param name="outputs">The others, the same shape.</param>
    /// <returns>float64 [n].</returns>
    protected abstract Tensor Loss(Tensor reference, Tensor outputs);
}
