using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>
/// What scales are made of, one pass each. Sums are in double: right to the last bit of a float32, and huge weights do not
/// overflow. NaN and infinities show in the result.
/// </summary>
internal static class Magnitudes
{
    // f(0) = 0: padding adds nothing.
    private interface ITerm
    {
        Vector256<double> Of(Vector256<double> x);
    }

    /// <summary>The sum of |x|.</summary>
    public static double Sum(ReadOnlySpan<float> values) => Sum(values, default(Magnitude));

    /// <summary>The sum of x^2.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> values) => Sum(values, default(Square));

    /// <summary>The sum of |x| over |x| > <paramref name="threshold"/>, and over how many.</summary>
    public static (double Sum, double Count) Above(ReadOnlySpan<float> values, float threshold) =>
        (Sum(values, new MagnitudeAbove(threshold)), Sum(values, new CountAbove(threshold)));

    /// <summary>The largest |x|; NaN if there is one.</summary>
    public static float Largest(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var largest = Vector256.Abs(Lanes.Padded(values[(vectors.Length * Vector256<float>.Count)..]));
        foreach (var x in vectors)
        {
            largest = Vector256.Max(largest, Vector256.Abs(x));
        }

        var most = largest[0];
        for (var i = 1; i < Vector256<float>.Count; i++)
        {
            most = MathF.Max(most, largest[i]);
        }

        return most;
    }

    private static double Sum<TTerm>(ReadOnlySpan<float> values, TTerm term)
        where TTerm : struct, ITerm
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var rest = Lanes.Padded(values[(vectors.Length * Vector256<float>.Count)..]);
        var (lower, upper) = (term.Of(Vector256.WidenLower(rest)), term.Of(Vector256.WidenUpper(rest)));
        foreach (var x in vectors)
        {
            lower += term.Of(Vector256.WidenLower(x));
            upper += term.Of(Vector256.WidenUpper(x));
        }

        return Vector256.Sum(lower + upper);
    }

    private readonly struct Magnitude : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<double> Of(Vector256<double> x) => Vector256.Abs(x);
    }

    private readonly struct Square : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<double> Of(Vector256<double> x) => x * x;
    }

    private readonly struct MagnitudeAbove(double threshold) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<double> Of(Vector256<double> x) =>
            Vector256.Abs(x) & Vector256.GreaterThan(Vector256.Abs(x), Vector256.Create(threshold));
    }

    private readonly struct CountAbove(double threshold) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<double> Of(Vector256<double> x) =>
            Vector256<double>.One & Vector256.GreaterThan(Vector256.Abs(x), Vector256.Create(threshold));
    }
}
