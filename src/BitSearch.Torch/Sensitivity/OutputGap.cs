using BitSearch.Torch.Data;
using BitSearch.Torch.Models;
using static TorchSharp.torch;

namespace BitSearch.Torch.Sensitivity;

/// <summary>How far a quantized network's outputs are from the float network's, on the same images.</summary>
internal sealed class OutputGap : IDisposable
{
    private readonly SensitivitySubject _subject;
    private readonly ImageSet _images;
    private readonly Func<Tensor, Tensor, Tensor> _loss;
    private readonly List<Tensor> _reference = [];

    /// <summary>Reads the float network's outputs.</summary>
    /// <param name="subject">What is measured.</param>
    /// <param name="loss">Of float outputs and others, float64 [n, classes] both: one number an image.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public OutputGap(SensitivitySubject subject, Func<Tensor, Tensor, Tensor> loss, CancellationToken cancellationToken)
    {
        (_subject, _images, _loss) = (subject, subject.Images(), loss);
        using var scope = new TensorScope();
        using var network = subject.CreateFloat();
        foreach (var outputs in Outputs(network, cancellationToken))
        {
            _reference.Add(scope.Detach(outputs));
        }
    }

    /// <summary>The mean loss over the images.</summary>
    public double Of(Network network, CancellationToken cancellationToken)
    {
        using var scope = new TensorScope();
        return _reference.Zip(Outputs(network, cancellationToken)).Sum(o => _loss(o.First, o.Second).sum().item<double>()) / _images.Count;
    }

    /// <summary>KL(float || other) of the softmax, in nats.</summary>
    public static Tensor Kl(Tensor reference, Tensor other)
    {
        var (p, q) = (nn.functional.log_softmax(reference, 1), nn.functional.log_softmax(other, 1));
        return p.exp().mul(p.Minus(q)).sum([1]);
    }

    /// <summary>The mean squared difference of the logits.</summary>
    public static Tensor SquaredError(Tensor reference, Tensor other) => other.Minus(reference).Squared().mean([1]);

    /// <inheritdoc/>
    public void Dispose()
    {
        _images.Dispose();
        _reference.ForEach(r => r.Dispose());
    }

    private List<Tensor> Outputs(Network network, CancellationToken cancellationToken)
    {
        using var without = no_grad();
        var outputs = new List<Tensor>();
        foreach (var (start, count) in SensitivitySubject.Batches(_images.Count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            outputs.Add(scope.Keep(network.forward(ImageBatches.Gather(_images, start, count, _subject.Data.Statistics)).to(float64)));
        }

        return outputs;
    }
}
