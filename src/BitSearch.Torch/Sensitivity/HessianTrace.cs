using System.Globalization;
using BitSearch.Search;
using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// Omega = average Hessian trace x ||Q(W) - W||^2 of each layer's weights (Dong et al. 2020, HAWQ-V2). The Hessian is that of
/// the mean cross-entropy over the measured images, norms in evaluation mode; its trace comes from Hutchinson's estimator
/// E[v'Hv] with v of random signs over all weights at once: one second backward pass a vector serves every layer. A layer's
/// v_l'(Hv)_l has the right mean, and some variance from other layers, which the standard error includes. Computed by
/// <see cref="MatrixFlow"/>. Own value: the average trace, Tr(H_l)/N. Activations are left out.
/// </summary>
[Component("hessian")]
public sealed class HessianTrace : SensitivityMeasure
{
    // Images in a graph: second derivatives keep several copies of every pixel's neighbourhood.
    private const int AtOnce = 16;

    /// <inheritdoc/>
    public override string Meaning => "average Hessian trace x squared quantization error (Omega)";

    /// <inheritdoc/>
    public override string OwnMeaning => "average Hessian trace";

    /// <inheritdoc/>
    public override string Settings(SensitivitySubject subject) => string.Create(
        CultureInfo.InvariantCulture, $"{subject.CalibrationAndImages}, probes {subject.Settings.Probes}");

    /// <inheritdoc/>
    public override IReadOnlyList<MeasuredValue> Measure(
        SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        var noise = PointNoise.Of(subject, _ => { }, cancellationToken);
        using var network = subject.CreateFloat();
        var estimates = Estimates(subject, network, report, cancellationToken);
        return
        [
            .. network.Layers.SelectMany((layer, l) =>
            {
                var point = subject.Network.Points[subject.Network.IndexOf(layer.WeightQuantizer.Point.Name)];
                var trace = ProbeMean.Of([.. Enumerable.Range(0, subject.Settings.Probes).Select(k => estimates[k, l] / point.Elements)]);
                return trace.TimesNoise(point, w => noise[(point.Name, w)].Error);
            }),
        ];
    }

    /// <summary>v_l'(Hv)_l of every probe and layer.</summary>
    /// <returns>[probes, layers].</returns>
    private static double[,] Estimates(SensitivitySubject subject, Network network, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        var (layers, probes) = (network.Layers.Count, subject.Settings.Probes);
        var estimates = new double[probes, layers];
        using var images = subject.Images();
        var ranges = SensitivitySubject.Batches(images.Count, AtOnce);
        foreach (var ((start, count), batch) in ranges.Select((r, i) => (r, i)))
        {
            using var scope = new TensorScope();
            var flow = new MatrixFlow(network);
            var logits = subject.Factory.Run(flow, ImageBatches.Gather(images, start, count, subject.Data.Statistics));
            var loss = nn.functional.cross_entropy(logits, ImageBatches.Labels(images, start, count), reduction: nn.Reduction.Sum);
            var curvature = new Curvature(loss, [.. flow.Weights]);
            for (var k = 0; k < probes; k++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var forms = curvature.Probe(subject.Stream("hessian probe", k));
                for (var l = 0; l < layers; l++)
                {
                    estimates[k, l] += forms[l] / images.Count;
                }

                report(new MeasuringProgress((batch * probes) + k + 1, ranges.Count * probes));
            }
        }

        return estimates;
    }
}
