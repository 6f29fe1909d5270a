using BitSearch.Space;
using BitSearch.Torch.Kernels;

namespace BitSearch.Torch.Quantizers;

/// <summary>A quantizer whose values are fixed: one kernel, no scales.</summary>
internal sealed class FixedQuantizer<TKernel>(QuantizationPoint point, Bitwidth width, TKernel kernel)
    : KernelQuantizer<TKernel>(point, width)
    where TKernel : struct, IQuantizerKernel
{
    private readonly TKernel[] _kernels = [kernel];

    protected override TKernel[] Kernels(ReadOnlySpan<float> values) => _kernels;

    protected override TKernel[] Decoders(float[] scales) => _kernels;
}
