using BitSearch.Space;
using BitSearch.Torch.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BitSearch.Torch.Quantizers;

/// <summary>
/// A quantizer whose formulas are a kernel's: forward, codes and decoded values all come of the same two functions, so
/// <c>Decode(Encode(x))</c> is <c>forward(x)</c>.
/// </summary>
internal abstract class KernelQuantizer<TKernel>(QuantizationPoint point, Bitwidth width) : Quantizer(point, width)
    where TKernel : struct, IQuantizerKernel
{
    /// <summary>float32, one number a kernel, from which the kernels are made; null: none is learned.</summary>
    protected virtual Parameter? Learned => null;

    public sealed override Tensor forward(Tensor values)
    {
        using var scope = new TensorScope();
        var dense = TensorMemory.Dense(values.detach());
        return scope.Keep(KernelFunction<TKernel>.Quantize(values, dense, Kernels(TensorMemory.Of<float>(dense)), Learned));
    }

    internal sealed override (Tensor Rectified, Tensor Quantized) Fork(Tensor values)
    {
        if (!ClipsBelowZero)
        {
            return base.Fork(values);
        }

        using var scope = new TensorScope();
        var dense = TensorMemory.Dense(values.detach());
        var (rectified, quantized) = ForkFunction<TKernel>.Of(values, dense, Kernels(TensorMemory.Of<float>(dense))[0], Learned);
        return scope.Keep(rectified, quantized);
    }

    public sealed override QuantizedValues Encode(Tensor values)
    {
        using var scope = new TensorScope();
        var dense = TensorMemory.Dense(values.detach());
        var kernels = Kernels(TensorMemory.Of<float>(dense));
        var codes = empty_like(dense, dtype: int32);
        KernelLoop.Encode(kernels, TensorMemory.Of<float>(dense), TensorMemory.Of<int>(codes));
        return new QuantizedValues(scope.Keep(codes), scope.Keep(tensor(Scales(kernels))));
    }

    public sealed override Tensor Decode(Tensor codes, Tensor scales)
    {
        using var scope = new TensorScope();
        var dense = TensorMemory.Dense(codes);
        var values = empty_like(dense, dtype: float32);
        var kernels = Decoders(scales.data<float>().ToArray());
        KernelLoop.Decode(kernels, TensorMemory.Of<int>(dense), TensorMemory.Of<float>(values));
        return scope.Keep(values);
    }

    /// <summary>The kernels, one for each of the equal parts along the first side.</summary>
    /// <param name="values">The elements in the order in memory.</param>
    protected abstract TKernel[] Kernels(ReadOnlySpan<float> values);

    /// <summary>Kernels that give the values of codes.</summary>
    /// <param name="scales">As <see cref="Scales"/> gave them.</param>
    protected abstract TKernel[] Decoders(float[] scales);

    /// <summary>What is stored of the kernels: nothing, by default.</summary>
    protected virtual float[] Scales(TKernel[] kernels) => [];
}
