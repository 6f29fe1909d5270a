namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// The noise-to-signal ratio 10 log10(||Q(x) - x||^2 / ||x||^2) in dB: the signal-to-quantization-noise ratio with its sign
/// turned, so that larger is worse. At least -144.5 dB, the rounding of float32 itself (2^-24), so that full precision has a value.
/// </summary>
[Component("weight-sqnr")]
public sealed class WeightSqnr : NoiseMeasure
{
    private static readonly double Least = Math.Pow(2, -48);

    /// <inheritdoc/>
    public override string Meaning => "noise-to-signal ratio of the point's values, dB (minus SQNR)";

    private protected override double Value(PointNoise noise) =>
        10 * Math.Log10(Math.Max(Least, noise.Error / Math.Max(noise.Signal, float.Epsilon)));
}
