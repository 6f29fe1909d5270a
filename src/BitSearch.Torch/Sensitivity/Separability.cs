using System.Globalization;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Statistics;
using BitSearch.Torch.Data;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>
/// How badly a layer's features separate the classes: <see cref="SeparationFuzziness"/> after global average pooling, on
/// labelled training images, of the float network in evaluation mode. A weight point's value is that of what its layer gives
/// (before norm and nonlinearity), an activation point's that of what its layer reads. Larger is less separable. Widths do
/// not enter: there are own values alone. This formula is ours; the seed paper's own was not available.
/// </summary>
[Component("separability")]
public sealed class Separability : SensitivityMeasure
{
    /// <inheritdoc/>
    public override string Meaning => "separation fuzziness Tr(S_w pinv(S_b)) of the layer's features";

    /// <inheritdoc/>
    public override string OwnMeaning => "separation fuzziness";

    /// <inheritdoc/>
    public override string Settings(SensitivitySubject subject) => string.Create(CultureInfo.InvariantCulture, $"labelled images {subject.Settings.LabelledImages}");

    /// <inheritdoc/>
    public override IReadOnlyList<MeasuredValue> Measure(
        SensitivitySubject subject, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        using var images = subject.LabelledImages();
        var classes = ClassesOf(images);
        return [.. Features(subject, images, report, cancellationToken).Select(p => new MeasuredValue(p.Point.Name, Bitwidth.Full, SeparationFuzziness.Of(p.Rows, classes)))];
    }

    /// <summary>The class of each image.</summary>
    internal static int[] ClassesOf(ImageSet images) => [.. images.Labels.data<long>().Select(l => (int)l)];

    /// <summary>Every point's features, [n, d], an image a row.</summary>
    internal static IEnumerable<(QuantizationPoint Point, double[,] Rows)> Features(
        SensitivitySubject subject, ImageSet images, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        var features = Batches(subject, images, report, cancellationToken);
        return subject.Network.Points.Select(p => (p, Rows(features[p.Name], images.Count)));
    }

    // One array a batch.
    private static Dictionary<string, List<float[]>> Batches(
        SensitivitySubject subject, ImageSet images, Action<MeasuringProgress> report, CancellationToken cancellationToken)
    {
        using var without = no_grad();
        using var network = subject.CreateFloat();
        var features = subject.Network.Points.ToDictionary(p => p.Name, _ => new List<float[]>());
        using var outputs = LayerHooks.Outputs(network.Layers, (layer, output) => Note(layer.WeightQuantizer, output));
        using var inputs = LayerHooks.Inputs(network.Layers, (layer, input) => layer.InputQuantizer is { } quantizer ? Note(quantizer, input) : null);
        subject.EachBatch(images, report, (pixels, _, _) => network.forward(pixels), cancellationToken);

        return features;

        Tensor? Note(Quantizer quantizer, Tensor values)
        {
            features[quantizer.Point.Name].Add(Pooled(values));
            return null;
        }
    }

    private static float[] Pooled(Tensor values)
    {
        using var scope = new TensorScope();
        return (values.dim() == 4 ? values.mean([2, 3]) : values).contiguous().data<float>().ToArray();
    }

    private static double[,] Rows(List<float[]> batches, int count)
    {
        var all = batches.SelectMany(b => b).ToArray();
        var rows = new double[count, all.Length / count];
        for (var i = 0; i < all.Length; i++)
        {
            rows[i / rows.GetLength(1), i % rows.GetLength(1)] = all[i];
        }

        return rows;
    }
}
