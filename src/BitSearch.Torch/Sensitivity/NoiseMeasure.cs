using BitSearch.Search;

namespace BitSearch.Torch.Sensitivity;

/// <summary>A function of a point's own quantization noise alone: no label, no other layer.</summary>
public abstract class NoiseMeasure : SensitivityMeasure
{
    /// <inheritdoc/>
    public sealed override string Settings(SensitivitySubject subject) => subject.CalibrationAndImages;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<MeasuredValue> Measure(
        SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        var noise = PointNoise.Of(subject, report, cancellationToken);
        return [.. subject.Network.Points.SelectMany(p => p.Widths.Select(w => new MeasuredValue(p.Name, w, Value(noise[(p.Name, w)]))))];
    }

    private protected abstract double Value(PointNoise noise);
}
