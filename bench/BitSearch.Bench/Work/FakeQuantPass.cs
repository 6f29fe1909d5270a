using BitSearch.Bench.Harness;
using BitSearch.Space;
using BitSearch.Torch;
using BitSearch.Torch.Quantizers;
using static TorchSharp.torch;

namespace BitSearch.Bench.Work;

/// <summary>Forward and backward of one function of a tensor; the gradient of the values is a new tensor each time.</summary>
/// <param name="values">float32.</param>
/// <param name="upstream">The gradient that comes from above.</param>
/// <param name="function">The function.</param>
internal sealed class FakeQuantPass(Tensor values, Tensor upstream, Func<Tensor, Tensor> function)
{
    /// <summary>A plain copy: the least that reads and writes the tensor, and its gradient, once.</summary>
    public static FakeQuantPass Copy(Tensor values, Tensor upstream) => new(values, upstream, v => v.clone());

    /// <summary>A quantizer, calibrated with the values; null when there is no such family or it has no such width.</summary>
    /// <param name="group">Owns the quantizer.</param>
    /// <param name="family">The name in the catalog.</param>
    /// <param name="point">What the values are of.</param>
    /// <param name="width">The width.</param>
    /// <param name="values">float32.</param>
    /// <param name="upstream">The gradient that comes from above.</param>
    public static FakeQuantPass? Quantizer(
        BenchmarkGroup group, string family, QuantizationPoint point, Bitwidth width, Tensor values, Tensor upstream)
    {
        if (!QuantizerFamily.Catalog.Contains(family))
        {
            return null;
        }

        var found = QuantizerFamily.Catalog.Create(family, "benchmark");
        if (!found.Supports(point.Kind, width))
        {
            return null;
        }

        var quantizer = group.Own(found.Create(point, width, perChannel: false));
        quantizer.Calibrate(values);
        return new FakeQuantPass(values, upstream, quantizer.call);
    }

    /// <summary>Once forward and backward.</summary>
    public void Run()
    {
        using var scope = new TensorScope();
        var leaf = values.detach().requires_grad_();
        function(leaf).backward([upstream]);
    }
}
