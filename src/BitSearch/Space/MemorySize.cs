using System.Globalization;

namespace BitSearch.Space;

/// <summary>An amount of memory, counted in bits: the only unit in which memory is added.</summary>
/// <param name="Bits">The number of bits, not negative.</param>
public readonly record struct MemorySize(long Bits) : IComparable<MemorySize>
{
    /// <summary>No memory.</summary>
    public static MemorySize Zero => default;

    /// <summary>The largest representable amount: no limit.</summary>
    public static MemorySize Unlimited => new(long.MaxValue);

    /// <summary>The number of bits, not negative.</summary>
    public long Bits { get; } = Bits >= 0 ? Bits : throw new ArgumentOutOfRangeException(nameof(Bits), Bits, "a memory size is not negative");

    /// <summary>The number of whole bytes that hold this many bits.</summary>
    public long Bytes => (Bits / 8) + (Bits % 8 == 0 ? 0 : 1);

    /// <summary>Kibibytes (1,024 bytes), for display.</summary>
    public double KiB => Bits / 8192.0;

    /// <summary>An amount in bytes.</summary>
    /// <param name="bytes">Not negative.</param>
    public static MemorySize FromBytes(long bytes) => new(checked(bytes * 8));

    /// <inheritdoc/>
    public int CompareTo(MemorySize other) => Bits.CompareTo(other.Bits);

    /// <summary>For people: exact bytes, then KiB, such as <c>65,536 bytes (64.00 KiB)</c>.</summary>
    public override string ToString() => this == Unlimited
        ? "unlimited"
        : string.Create(CultureInfo.InvariantCulture, $"{Bytes:N0} bytes ({KiB:N2} KiB)");

    /// <summary>The sum.</summary>
    public static MemorySize operator +(MemorySize left, MemorySize right) => new(checked(left.Bits + right.Bits));

    /// <summary>The difference, which must not be negative.</summary>
    public static MemorySize operator -(MemorySize left, MemorySize right) => new(left.Bits - right.Bits);

    /// <summary>Smaller.</summary>
    public static bool operator <(MemorySize left, MemorySize right) => left.Bits < right.Bits;

    /// <summary>Larger.</summary>
    public static bool operator >(MemorySize left, MemorySize right) => left.Bits > right.Bits;

    /// <summary>At most as large.</summary>
    public static bool operator <=(MemorySize left, MemorySize right) => left.Bits <= right.Bits;

    /// <summary>At least as large.</summary>
    public static bool operator >=(MemorySize left, MemorySize right) => left.Bits >= right.Bits;
}
