using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <content>A ReLU beside the kernel.</content>
internal static partial class KernelLoop
{
    /// <summary>max(x, 0) and the fake-quantized values, in one pass.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="values">x.</param>
    /// <param name="rectified">Receives max(x, 0), NaN for NaN; as long as <paramref name="values"/>.</param>
    /// <param name="quantized">Receives the values of the codes; as long.</param>
    public static void Fork<TKernel>(TKernel kernel, ReadOnlySpan<float> values, Span<float> rectified, Span<float> quantized)
        where TKernel : struct, IQuantizerKernel
    {
        var quantizing = new Quantizing<TKernel>(kernel);
        var x = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var y = MemoryMarshal.Cast<float, Vector256<float>>(rectified)[..x.Length];
        var q = MemoryMarshal.Cast<float, Vector256<float>>(quantized)[..x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = Vector256.AndNot(x[i], NotAbove(x[i]));
            q[i] = quantizing.Of(x[i]);
        }

        var done = x.Length * Vector256<float>.Count;
        var rest = Lanes.Padded(values[done..]);
        Lanes.Write(Vector256.AndNot(rest, NotAbove(rest)), rectified[done..]);
        Lanes.Write(quantizing.Of(rest), quantized[done..]);
    }

    /// <summary>The gradient of both results together.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="values">x.</param>
    /// <param name="ofRectified">The gradient of max(x, 0), which passes where x is not 0 or less; as long as <paramref name="values"/>.</param>
    /// <param name="ofQuantized">The gradient of the quantized values; as long.</param>
    /// <param name="valueGradient">Receives the sum of both gradients of x; as long.</param>
    /// <returns>The sum of the terms of the scale's gradient, added as where the kernel stands alone.</returns>
    public static double ForkBackward<TKernel>(
        TKernel kernel, ReadOnlySpan<float> values, ReadOnlySpan<float> ofRectified, ReadOnlySpan<float> ofQuantized, Span<float> valueGradient)
        where TKernel : struct, IQuantizerKernel =>
        Backward(kernel, default(WithReLU), values, ofQuantized, ofRectified, valueGradient);

    // The gradient of a ReLU beside the kernel is added.
    private readonly struct WithReLU : ISum
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Of(Vector256<float> own, Vector256<float> x, Vector256<float> beside) => own + Vector256.AndNot(beside, NotAbove(x));
    }

    // All bits where x is 0 or less; none for NaN.
    private static Vector256<float> NotAbove(Vector256<float> x) => Vector256.LessThanOrEqual(x, Vector256<float>.Zero);
}
