using System.Globalization;

namespace BitSearch.Space;

/// <summary>
/// The number of bits of one value, 1 to 32. The default value is full precision (32), so that a forgotten
/// assignment never quantizes.
/// </summary>
public readonly record struct Bitwidth : IComparable<Bitwidth>
{
    /// <summary>The largest width: a float32, not quantized.</summary>
    public const int Maximum = 32;

    private readonly byte _below;

    /// <summary>Creates a width.</summary>
    /// <param name="bits">1 to 32, both included.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> lies outside 1..32.</exception>
    public Bitwidth(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, Maximum);
        _below = (byte)(Maximum - bits);
    }

    /// <summary>Full precision: 32-bit floating point, not quantized.</summary>
    public static Bitwidth Full => default;

    /// <summary>The number of bits, 1 to 32.</summary>
    public int Bits => Maximum - _below;

    /// <summary>Whether values of this width stay 32-bit floating point.</summary>
    public bool IsFull => _below == 0;

    /// <inheritdoc/>
    public int CompareTo(Bitwidth other) => Bits.CompareTo(other.Bits);

    /// <summary>The number of bits in invariant digits.</summary>
    public override string ToString() => Bits.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <c>1</c> to <c>32</c>.</summary>
    /// <param name="text">Invariant digits.</param>
    /// <param name="width">The width, or full precision if the text is none.</param>
    /// <returns>Whether the text is a width.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Bitwidth width)
    {
        var valid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits is >= 1 and <= Maximum;
        width = valid ? new Bitwidth(bits) : Full;
        return valid;
    }

    /// <summary>Fewer bits.</summary>
    public static bool operator <(Bitwidth left, Bitwidth right) => left.Bits < right.Bits;

    /// <summary>More bits.</summary>
    public static bool operator >(Bitwidth left, Bitwidth right) => left.Bits > right.Bits;

    /// <summary>At most as many bits.</summary>
    public static bool operator <=(Bitwidth left, Bitwidth right) => left.Bits <= right.Bits;

    /// <summary>At least as many bits.</summary>
    public static bool operator >=(Bitwidth left, Bitwidth right) => left.Bits >= right.Bits;
}
