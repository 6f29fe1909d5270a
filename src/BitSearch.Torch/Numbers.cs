using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace BitSearch.Torch;

/// <summary>
/// Numbers as arguments of tensor operations. TorchSharp 0.107 turns the 2 of <c>x.mul(2)</c> into an object whose finalizer
/// frees it in libtorch, and nothing keeps that object alive during the call: a garbage collection at the wrong moment gives
/// an exception or a wrong result. Numbers from here are never collected. <c>add</c> makes a hidden number even for two
/// tensors; use <see cref="Plus(Tensor, Tensor)"/>.
/// </summary>
internal static class Numbers
{
    private static readonly ConcurrentDictionary<double, Scalar> Known = new();
    private static readonly ConcurrentDictionary<long, Scalar> KnownWhole = new();

    /// <summary>The number, float64; one object for each value, kept for the life of the process.</summary>
    public static Scalar Of(double value) => Known.GetOrAdd(value, v => v);

    /// <summary>The whole number, int64, for tensors of whole numbers.</summary>
    public static Scalar Whole(long value) => KnownWhole.GetOrAdd(value, v => v);

    /// <summary>The sum of two tensors.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, Of(1));

    /// <summary>x + y, for floating-point x.</summary>
    public static Tensor Plus(this Tensor x, double y) => x.add(Of(y), Of(1));

    /// <summary>The difference of two tensors.</summary>
    public static Tensor Minus(this Tensor x, Tensor y) => x.add(y, Of(-1));

    /// <summary>x x; TorchSharp's <c>square</c> makes an exponent that may be freed too early.</summary>
    public static Tensor Squared(this Tensor x) => x.mul(x);

    /// <summary>x y, for floating-point x.</summary>
    public static Tensor Times(this Tensor x, double y) => x.mul(Of(y));

    /// <summary>x / y, for floating-point x.</summary>
    public static Tensor Over(this Tensor x, double y) => x.div(Of(y));

    /// <summary>x between two ends; the gradient passes at the ends too.</summary>
    public static Tensor Clip(this Tensor x, double low, double high) => x.clamp(Of(low), Of(high));

    /// <summary>1 where x >= y, else 0, float32.</summary>
    public static Tensor AtLeast(this Tensor x, double y) => x.ge(Of(y)).to(float32);
}
