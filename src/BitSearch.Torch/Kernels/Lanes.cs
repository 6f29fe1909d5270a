using System.Runtime.Intrinsics;

namespace BitSearch.Torch.Kernels;

/// <summary>What kernels share. Comparisons with NaN are false throughout, as in libtorch.</summary>
internal static class Lanes
{
    /// <summary>x between two ends; NaN stays NaN.</summary>
    public static Vector256<float> Clip(Vector256<float> x, float low, float high)
    {
        var (least, most) = (Vector256.Create(low), Vector256.Create(high));
        var above = Vector256.ConditionalSelect(Vector256.LessThan(x, least), least, x);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(above, most), most, above);
    }

    /// <summary>Up to eight elements and zeros after them.</summary>
    public static Vector256<T> Padded<T>(ReadOnlySpan<T> rest)
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector256<T>.Count];
        lanes.Clear();
        rest.CopyTo(lanes);
        return Vector256.Create<T>(lanes);
    }

    /// <summary>Writes the first elements: as many as the target has.</summary>
    public static void Write<T>(Vector256<T> vector, Span<T> target)
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector256<T>.Count];
        vector.CopyTo(lanes);
        lanes[..target.Length].CopyTo(target);
    }
}
