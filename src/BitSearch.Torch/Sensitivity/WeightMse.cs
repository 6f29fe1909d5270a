namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// The mean squared error ||Q(x) - x||^2 / N of a point's values under its quantizer, calibrated as at the start of
/// fine-tuning. Weights as they are; activations over the measured images.
/// </summary>
[Component("weight-mse")]
public sealed class WeightMse : NoiseMeasure
{
    /// <inheritdoc/>
    public override string Meaning => "mean squared quantization error of the point's values";

    private protected override double Value(PointNoise noise) => noise.MeanError;
}
