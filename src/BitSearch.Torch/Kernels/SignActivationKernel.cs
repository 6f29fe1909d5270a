using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>sign(x) with sign(0) = +1, and the derivative of a function near it.</summary>
internal readonly struct SignActivationKernel<TDerivative> : IQuantizerKernel
    where TDerivative : struct, ISignDerivative
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Code(Vector256<float> x) => SignKernel.IsPositive(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Value(Vector256<float> code) => code + code - Vector256<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Backward(Vector256<float> x, Vector256<float> g, out Vector256<float> term)
    {
        term = Vector256<float>.Zero;
        return TDerivative.Times(g, Vector256.Abs(x));
    }
}

/// <summary>What stands in for the derivative of the sign; it depends on |x| alone.</summary>
internal interface ISignDerivative
{
    /// <summary>g times the derivative; 0 where |x| is NaN.</summary>
    static abstract Vector256<float> Times(Vector256<float> g, Vector256<float> magnitude);
}

/// <summary>1 where |x| &lt;= 1: that of Hardtanh (Hubara et al. 2016, BNN).</summary>
internal readonly struct ClosedWindow : ISignDerivative
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Times(Vector256<float> g, Vector256<float> magnitude) =>
        g & Vector256.LessThanOrEqual(magnitude, Vector256<float>.One);
}

/// <summary>1 where |x| &lt; 1 (Rastegari et al. 2016, XNOR-Net).</summary>
internal readonly struct OpenWindow : ISignDerivative
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Times(Vector256<float> g, Vector256<float> magnitude) =>
        g & Vector256.LessThan(magnitude, Vector256<float>.One);
}

/// <summary>2 - 2|x| where |x| &lt; 1: that of a piecewise polynomial (Liu et al. 2018, Bi-Real Net, eq. 7).</summary>
internal readonly struct Tent : ISignDerivative
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Times(Vector256<float> g, Vector256<float> magnitude)
    {
        var slope = Vector256.Create(2f) - (magnitude + magnitude);
        return (g * slope) & Vector256.LessThan(magnitude, Vector256<float>.One);
    }
}
