using System.Globalization;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// FIT = Tr(F) x mean squared quantization error (Zandonati et al. 2022, arXiv 2210.08502), F the empirical Fisher
/// information: the trace is the mean over images of the squared norm of the cross-entropy's gradient, of each image alone
/// (batches of one, true labels, norms in evaluation mode). Weights and activations alike. The noise is measured, not taken
/// for uniform. Own value: Tr(F), with its standard error over the images.
/// </summary>
[Component("fisher")]
public sealed class FisherTrace : SensitivityMeasure
{
    /// <inheritdoc/>
    public override string Meaning => "Fisher trace x mean squared quantization error (FIT)";

    /// <inheritdoc/>
    public override string OwnMeaning => "empirical Fisher trace";

    /// <inheritdoc/>
    public override string Settings(SensitivitySubject subject) => string.Create(CultureInfo.InvariantCulture, $"{subject.Calibration}, images {subject.Settings.Images}");

    /// <inheritdoc/>
    public override IReadOnlyList<MeasuredValue> Measure(
        SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        var noise = PointNoise.Of(subject, _ => { }, cancellationToken);
        var norms = SquaredNorms(subject, report, cancellationToken);
        return
        [
            .. subject.Network.Points.SelectMany(point =>
            {
                var trace = ProbeMean.Of([.. norms[point.Name]]);
                return point.Widths.Where(w => !w.IsFull).Select(w => trace.Times(noise[(point.Name, w)].MeanError).At(point.Name, w))
                    .Append(trace.At(point.Name, Bitwidth.Full));
            }),
        ];
    }

    /// <summary>The squared norm of the loss's gradient of each image, by point.</summary>
    private static Dictionary<string, List<double>> SquaredNorms(SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        using var network = subject.CreateFloat();
        using var images = subject.Images();
        var norms = subject.Network.Points.ToDictionary(p => p.Name, _ => new List<double>());
        for (var i = 0; i < images.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (point, norm) in Gradients(network, images, i, subject))
            {
                norms[point].Add(norm);
            }

            report(new MeasuringProgress(i + 1, images.Count));
        }

        return norms;
    }

    private static List<(string Point, double Norm)> Gradients(Network network, ImageSet images, int image, SensitivitySubject subject)
    {
        using var scope = new TensorScope();
        var by = network.Layers.Select(l => (l.WeightQuantizer.Point.Name, Tensor: (Tensor)l.Weight)).ToList();
        using var inputs = LayerHooks.Inputs(network.Layers, (layer, input) =>
        {
            // A node of its own, which outlives the network's pass.
            var node = input.alias().DetachFromDisposeScope();
            by.Add((layer.InputQuantizer!.Point.Name, node));
            return node;
        });
        var pixels = ImageBatches.Gather(images, image, 1, subject.Data.Statistics);
        using var turn = network.Turn(pixels, backward: true);
        var loss = nn.functional.cross_entropy(network.forward(pixels), ImageBatches.Labels(images, image, 1));
        var gradients = autograd.grad([loss], by.ConvertAll(b => b.Tensor));
        turn.Done();
        by.Skip(network.Layers.Count).ToList().ForEach(b => b.Tensor.Dispose());
        return [.. by.Zip(gradients, (b, g) => (b.Name, g.to(float64).square().sum().item<double>()))];
    }
}
