using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>A quantizer that stores a scale for each of its parts.</summary>
internal abstract class ScaledQuantizer<TKernel>(QuantizationPoint point, Bitwidth width) : KernelQuantizer<TKernel>(point, width)
    where TKernel : struct, IScaledKernel
{
    protected sealed override TKernel[] Decoders(float[] scales) => Array.ConvertAll(scales, Kernel);

    protected sealed override float[] Scales(TKernel[] kernels) => Array.ConvertAll(kernels, k => k.Scale);

    /// <summary>The kernel that has a scale and gives the values of codes.</summary>
    protected abstract TKernel Kernel(float scale);
}
