using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// One pass over memory with a kernel for each of the equal parts that follow each other in it: one part a tensor, or one an
/// output channel. What does not fill a vector is padded with zeros. <see cref="Vector256"/> falls back to scalar code by
/// itself where the processor lacks AVX2.
/// </summary>
internal static partial class KernelLoop
{
    // Gradients of a scale are summed in float over so many vectors, then in double.
    private const int Block = 256;

    // The gradient of x: the kernel's own, and what comes from a function beside it.
    private interface ISum
    {
        Vector256<float> Of(Vector256<float> own, Vector256<float> x, Vector256<float> beside);
    }

    private interface IMap<TFrom, TTo>
    {
        Vector256<TTo> Of(Vector256<TFrom> x);
    }

    /// <summary>The fake-quantized values.</summary>
    public static void Quantize<TKernel>(TKernel[] kernels, ReadOnlySpan<float> values, Span<float> quantized)
        where TKernel : struct, IQuantizerKernel
    {
        var share = values.Length / kernels.Length;
        for (var i = 0; i < kernels.Length; i++)
        {
            Map<float, float, Quantizing<TKernel>>(new(kernels[i]), values.Slice(i * share, share), quantized.Slice(i * share, share));
        }
    }

    /// <summary>The codes.</summary>
    public static void Encode<TKernel>(TKernel[] kernels, ReadOnlySpan<float> values, Span<int> codes)
        where TKernel : struct, IQuantizerKernel
    {
        var share = values.Length / kernels.Length;
        for (var i = 0; i < kernels.Length; i++)
        {
            Map<float, int, Encoding<TKernel>>(new(kernels[i]), values.Slice(i * share, share), codes.Slice(i * share, share));
        }
    }

    /// <summary>The values of codes.</summary>
    public static void Decode<TKernel>(TKernel[] kernels, ReadOnlySpan<int> codes, Span<float> values)
        where TKernel : struct, IQuantizerKernel
    {
        var share = values.Length / kernels.Length;
        for (var i = 0; i < kernels.Length; i++)
        {
            Map<int, float, Decoding<TKernel>>(new(kernels[i]), codes.Slice(i * share, share), values.Slice(i * share, share));
        }
    }

    /// <summary>The gradient of one part.</summary>
    /// <param name="kernel">Its kernel.</param>
    /// <param name="values">x.</param>
    /// <param name="gradient">g, as long as <paramref name="values"/>.</param>
    /// <param name="valueGradient">Receives the gradient of x.</param>
    /// <returns>The sum of the terms of the scale's gradient.</returns>
    public static double Backward<TKernel>(TKernel kernel, ReadOnlySpan<float> values, ReadOnlySpan<float> gradient, Span<float> valueGradient)
        where TKernel : struct, IQuantizerKernel =>
        Backward(kernel, default(Alone), values, gradient, gradient, valueGradient);

    private static double Backward<TKernel, TSum>(
        TKernel kernel, TSum sum, ReadOnlySpan<float> values, ReadOnlySpan<float> gradient, ReadOnlySpan<float> beside, Span<float> valueGradient)
        where TKernel : struct, IQuantizerKernel
        where TSum : struct, ISum
    {
        var x = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var g = MemoryMarshal.Cast<float, Vector256<float>>(gradient)[..x.Length];
        var b = MemoryMarshal.Cast<float, Vector256<float>>(beside)[..x.Length];
        var dx = MemoryMarshal.Cast<float, Vector256<float>>(valueGradient)[..x.Length];
        var total = 0.0;
        for (var start = 0; start < x.Length; start += Block)
        {
            var length = Math.Min(Block, x.Length - start);
            total += BackwardBlock(kernel, sum, x.Slice(start, length), g.Slice(start, length), b.Slice(start, length), dx.Slice(start, length));
        }

        var done = x.Length * Vector256<float>.Count;
        var rest = Lanes.Padded(values[done..]);
        var own = kernel.Backward(rest, Lanes.Padded(gradient[done..]), out var term);
        Lanes.Write(sum.Of(own, rest, Lanes.Padded(beside[done..])), valueGradient[done..]);
        for (var i = 0; i < values.Length - done; i++)
        {
            total += term[i];
        }

        return total;
    }

    private static double BackwardBlock<TKernel, TSum>(
        TKernel kernel,
        TSum sum,
        ReadOnlySpan<Vector256<float>> x,
        ReadOnlySpan<Vector256<float>> g,
        ReadOnlySpan<Vector256<float>> beside,
        Span<Vector256<float>> dx)
        where TKernel : struct, IQuantizerKernel
        where TSum : struct, ISum
    {
        var terms = Vector256<float>.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            dx[i] = sum.Of(kernel.Backward(x[i], g[i], out var term), x[i], beside[i]);
            terms += term;
        }

        return Vector256.Sum(Vector256.WidenLower(terms) + Vector256.WidenUpper(terms));
    }

    private static void Map<TFrom, TTo, TMap>(TMap map, ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged
        where TTo : unmanaged
        where TMap : struct, IMap<TFrom, TTo>
    {
        var source = MemoryMarshal.Cast<TFrom, Vector256<TFrom>>(from);
        var target = MemoryMarshal.Cast<TTo, Vector256<TTo>>(to)[..source.Length];
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = map.Of(source[i]);
        }

        var done = source.Length * Vector256<TFrom>.Count;
        Lanes.Write(map.Of(Lanes.Padded(from[done..])), to[done..]);
    }

    private readonly struct Alone : ISum
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Of(Vector256<float> own, Vector256<float> x, Vector256<float> beside) => own;
    }

    // Adding zero makes 0 of -0.
    private readonly struct Quantizing<TKernel>(TKernel kernel) : IMap<float, float>
        where TKernel : struct, IQuantizerKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Of(Vector256<float> x) => kernel.Value(kernel.Code(x)) + Vector256<float>.Zero;
    }

    private readonly struct Encoding<TKernel>(TKernel kernel) : IMap<float, int>
        where TKernel : struct, IQuantizerKernel
    {
        public Vector256<int> Of(Vector256<float> x) => Vector256.ConvertToInt32(kernel.Code(x));
    }

    private readonly struct Decoding<TKernel>(TKernel kernel) : IMap<int, float>
        where TKernel : struct, IQuantizerKernel
    {
        public Vector256<float> Of(Vector256<int> x) => kernel.Value(Vector256.ConvertToSingle(x)) + Vector256<float>.Zero;
    }
}
