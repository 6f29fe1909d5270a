using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>A quantizer of weights whose scales follow from the weights, anew in every pass; no gradient goes through them.</summary>
/// <param name="point">The weights.</param>
/// <param name="width">The width.</param>
/// <param name="parts">1, or the number of output channels.</param>
internal abstract class FittedQuantizer<TKernel>(QuantizationPoint point, Bitwidth width, int parts) : ScaledQuantizer<TKernel>(point, width)
    where TKernel : struct, IScaledKernel
{
    protected sealed override TKernel[] Kernels(ReadOnlySpan<float> values)
    {
        var kernels = new TKernel[parts];
        var share = values.Length / parts;
        for (var i = 0; i < parts; i++)
        {
            kernels[i] = Fit(values.Slice(i * share, share));
        }

        return kernels;
    }

    /// <summary>The kernel of a part.</summary>
    /// <param name="part">Its weights.</param>
    protected abstract TKernel Fit(ReadOnlySpan<float> part);
}
