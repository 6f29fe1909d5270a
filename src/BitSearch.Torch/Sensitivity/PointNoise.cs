using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>How far a calibrated quantizer moves a tensor's values.</summary>
/// <param name="Error">The sum of (Q(x) - x)^2; for activations over all images.</param>
/// <param name="Signal">The sum of x^2.</param>
/// <param name="Count">How many values.</param>
internal sealed record PointNoise(double Error, double Signal, long Count)
{
    /// <summary>The mean squared error.</summary>
    public double MeanError => Error / Count;

    /// <summary>
    /// The noise of every point at every width: weights as they are, activations of the float network on the subject's images.
    /// </summary>
    public static IReadOnlyDictionary<(string Point, Bitwidth Width), PointNoise> Of(
        SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        using var network = subject.CreateCalibrated(cancellationToken);
        network.Use(subject.Full);
        var sums = new Dictionary<(string, Bitwidth), PointNoise>();
        foreach (var layer in network.Layers)
        {
            Add(sums, subject, layer.WeightQuantizer, layer.Weight);
        }

        ReadActivations(sums, subject, network, report, cancellationToken);
        return sums;
    }

    private static void ReadActivations(
        Dictionary<(string, Bitwidth), PointNoise> sums, SensitivitySubject subject, Network network, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        using var watched = LayerHooks.Inputs(network.Layers, (layer, input) =>
        {
            if (layer.InputQuantizer is { } quantizer)
            {
                Add(sums, subject, quantizer, input);
            }

            return null;
        });
        using var images = subject.Images();
        subject.EachBatch(images, report, (pixels, _, _) => network.forward(pixels), cancellationToken);
    }

    private static void Add(Dictionary<(string, Bitwidth), PointNoise> sums, SensitivitySubject subject, Quantizer quantizer, Tensor values)
    {
        using var scope = new TensorScope();
        var name = quantizer.Point.Name;
        var signal = SumOfSquares(values);
        foreach (var width in subject.Network.Points[subject.Network.IndexOf(name)].Widths)
        {
            var error = width.IsFull ? 0 : SumOfSquares(quantizer.At(width)!.call(values).Minus(values));
            var known = sums.GetValueOrDefault((name, width)) ?? new PointNoise(0, 0, 0);
            sums[(name, width)] = new PointNoise(known.Error + error, known.Signal + signal, known.Count + values.numel());
        }
    }

    private static double SumOfSquares(Tensor values) => values.to(float64).Squared().sum().item<double>();
}
