using static TorchSharp.torch;

namespace BitSearch.Torch.Models;

/// <content>What a network learns from images without training: ranges and statistics.</content>
public sealed partial class Network
{
    /// <summary>
    /// Sets the quantizers' ranges, in one pass in execution order: each input quantizer sees what the quantized layers
    /// before it make of the images. Norms use the batch's own statistics, as the first training step will, and keep their
    /// running ones. Called again, ranges follow from all batches together.
    /// </summary>
    /// <param name="images">float32 <c>[n, c, h, w]</c>, n at least 2.</param>
    public void Calibrate(Tensor images)
    {
        SetCalibrating(true);
        try
        {
            Observe(images, momentum: 0);
        }
        finally
        {
            SetCalibrating(false);
        }
    }

    /// <summary>Replaces the norms' running statistics by the means over these batches.</summary>
    /// <param name="batches">float32 <c>[n, c, h, w]</c> each, n at least 2; each is disposed after its pass.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public void ReestimateNorms(IEnumerable<Tensor> batches, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Observe(batch, momentum: 1.0 / ++count);
            batch.Dispose();
        }
    }

    /// <summary>
    /// How far quantization moves the weights: the sum over layers of the squared change, each as a share of the layer's squared
    /// weights. 0 at full precision.
    /// </summary>
    public double Noise()
    {
        using var scope = new TensorScope();
        using var without = no_grad();
        return Layers.Sum(l => l.WeightQuantizer.call(l.Weight).Minus(l.Weight).Squared().sum().item<float>()
            / Math.Max(l.Weight.Squared().sum().item<float>(), float.Epsilon));
    }

    /// <summary>Keeps the norms' running statistics, and puts them back when disposed, in the mode that the network has now.</summary>
    public IDisposable KeepNorms() => new NormKeeper(this);

    private void Observe(Tensor images, double momentum)
    {
        var (trains, momenta) = (training, Norms.Select(n => n.Momentum).ToArray());
        foreach (var norm in Norms)
        {
            norm.Momentum = momentum;
        }

        train();
        using (no_grad())
        {
            forward(images).Dispose();
        }

        train(trains);
        for (var i = 0; i < Norms.Count; i++)
        {
            Norms[i].Momentum = momenta[i];
        }
    }

    private void SetCalibrating(bool value)
    {
        foreach (var layer in Layers)
        {
            layer.Calibrating = value;
        }
    }
}
