using BitSearch.Space;
using BitSearch.Statistics;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// How well the features at a point of a float network separate the classes of validation images, by three measures. Features are
/// those of <see cref="Separability"/>: pooled over places; a weight point has what its layer gives, an activation point what its
/// layer reads, so that the classifier's input is the network's pooled features.
/// </summary>
/// <param name="Point">The point.</param>
/// <param name="Fuzziness">D = Tr(S_w pinv(S_b)), <see cref="SeparationFuzziness"/>; the smaller the better separated.</param>
/// <param name="FisherRatio">Tr(S_b) / Tr(S_w); the larger the better separated.</param>
/// <param name="Discrimination">The generalized discrimination value; 0 is not separated at all, -0.745 the least that ten classes can have.</param>
public sealed record LayerSeparation(QuantizationPoint Point, double Fuzziness, double FisherRatio, double Discrimination)
{
    /// <summary>Measures every point.</summary>
    /// <param name="subject">The float network and its images.</param>
    /// <param name="images">How many validation images, the first ones.</param>
    /// <param name="report">Hears of each batch and of each point.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    public static IReadOnlyList<LayerSeparation> Of(
        SensitivitySubject subject, int images, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        TorchRuntime.OneThread();
        using var scope = new TensorScope();
        using var read = subject.Data.Validation.Slice(0, Math.Min(images, subject.Data.Validation.Count));
        var (classes, found) = (Separability.ClassesOf(read), new List<LayerSeparation>());
        foreach (var (point, rows) in Separability.Features(subject, read, _ => { }, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Add(new LayerSeparation(
                point, SeparationFuzziness.Of(rows, classes), ClassSeparation.FisherRatio(rows, classes), ClassSeparation.DiscriminationValue(rows, classes)));
            report(new MeasuringProgress(found.Count, subject.Network.Points.Count));
        }

        return found;
    }
}
