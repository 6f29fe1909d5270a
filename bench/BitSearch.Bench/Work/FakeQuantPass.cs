using BitSearch.Bench.Harness;
using BitSearch.Space;
using BitSearch.Torch;
using BitSearch.Torch.Quantizers;
using BitSearch.Torch.Tests.Kernels;
using static TorchSharp.torch;

namespace BitSearch.Bench.Work;

/// <summary>
/// Forward and backward of one function of a tensor. The gradient is asked for, not gathered in <c>grad</c>: that would copy it
/// once more, because TorchSharp holds it too, as it never happens to a layer's input.
/// </summary>
/// <param name="Run">Once forward and backward.</param>
internal sealed record FakeQuantPass(Action Run)
{
    /// <summary>A plain copy of the tensor and one of its gradient: the least that reads and writes both once.</summary>
    public static FakeQuantPass Copy(Tensor values, Tensor upstream) => new(() =>
    {
        using var scope = new TensorScope();
        values.clone();
        upstream.clone();
    });

    /// <summary>A quantizer composed of TorchSharp's operations, as the tests' oracle has it; null for other families than LSQ.</summary>
    /// <param name="quantizer">The quantizer.</param>
    /// <param name="values">float32.</param>
    /// <param name="upstream">The gradient that comes from above.</param>
    public static FakeQuantPass? Composed(Quantizer? quantizer, Tensor values, Tensor upstream) =>
        quantizer is LsqQuantizer lsq ? Of(values, upstream, lsq, v => ComposedLsq.Quantize(v, (Tensor)lsq.parameters().Single(), lsq.Range)) : null;

    /// <summary>A quantizer.</summary>
    /// <param name="quantizer">Calibrated; null: nothing.</param>
    /// <param name="values">float32.</param>
    /// <param name="upstream">The gradient that comes from above.</param>
    public static FakeQuantPass? Of(Quantizer? quantizer, Tensor values, Tensor upstream) =>
        quantizer is null ? null : Of(values, upstream, quantizer, quantizer.call);

    private static FakeQuantPass Of(Tensor values, Tensor upstream, Quantizer quantizer, Func<Tensor, Tensor> function)
    {
        var parameters = quantizer.parameters().ToList();
        return new(() =>
        {
            using var scope = new TensorScope();
            var leaf = values.detach().requires_grad_();
            autograd.grad([function(leaf)], [leaf, .. parameters], [upstream]);
        });
    }

    /// <summary>A quantizer, calibrated with the values; null when there is no such family or it has no such width.</summary>
    /// <param name="group">Owns the quantizer.</param>
    /// <param name="family">The name in the catalog.</param>
    /// <param name="point">What the values are of.</param>
    /// <param name="width">The width.</param>
    /// <param name="values">float32.</param>
    public static Quantizer? Quantizer(BenchmarkGroup group, string family, QuantizationPoint point, Bitwidth width, Tensor values)
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
        return quantizer;
    }
}
