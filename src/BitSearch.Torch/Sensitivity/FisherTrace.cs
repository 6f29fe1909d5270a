using BitSearch.Search;
using BitSearch.Torch.Data;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// FIT = Tr(F) x mean squared quantization error (Zandonati et al. 2022, arXiv 2210.08502), F the empirical Fisher
/// information: the trace is the mean over images of the squared norm of the cross-entropy's gradient, that of each image alone
/// (true labels, norms in evaluation mode). Weights and activations alike. The noise is measured, not taken
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
    public override string Settings(SensitivitySubject subject) => subject.CalibrationAndImages;

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
                return trace.TimesNoise(point, w => noise[(point.Name, w)].MeanError);
            }),
        ];
    }

    /// <summary>The squared norm of each image's gradient, by point.</summary>
    private static Dictionary<string, List<double>> SquaredNorms(SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        using var network = subject.CreateFloat();
        using var images = subject.Images();
        var norms = subject.Network.Points.ToDictionary(p => p.Name, _ => new List<double>());
        subject.EachBatch(images, report, Add, cancellationToken);
        return norms;

        void Add(Tensor pixels, int start, int count)
        {
            foreach (var (point, squares) in ImageGradients.SquaredNorms(network, pixels, ImageBatches.Labels(images, start, count)))
            {
                norms[point].AddRange(squares);
            }
        }
    }
}
