using System.Buffers.Binary;

namespace BitSearch.Torch.Export;

/// <summary>
/// Codes of b bits one after another without gaps: the stream's bit i is bit i mod 8 of byte i / 8, each code least
/// significant bit first. Unused bits of the last byte are zero.
/// </summary>
public static class BitPacking
{
    /// <summary>The bytes that codes take: the bits, rounded up to whole bytes.</summary>
    public static long Length(long count, int bits) => checked((count * bits) + 7) / 8;

    /// <summary>Packs codes.</summary>
    /// <param name="codes">Each in 0..2^bits - 1; at 32 bits the sign is a bit like any other.</param>
    /// <param name="bits">1 to 32.</param>
    /// <param name="destination">Exactly <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentException">A code takes more bits, or the destination has another length.</exception>
    public static void Pack(ReadOnlySpan<int> codes, int bits, Span<byte> destination)
    {
        Check(codes.Length, bits, destination.Length);
        var (pending, filled, place) = (0UL, 0, 0);
        foreach (var code in codes)
        {
            if ((uint)code >> (bits - 1) > 1)
            {
                throw new ArgumentException($"the code {code} takes more than {bits} bits", nameof(codes));
            }

            pending |= (ulong)(uint)code << filled;
            filled += bits;
            if (filled >= 32)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(destination[place..], (uint)pending);
                (pending, filled, place) = (pending >> 32, filled - 32, place + 4);
            }
        }

        for (; filled > 0; filled -= 8, pending >>= 8)
        {
            destination[place++] = (byte)pending;
        }
    }

    /// <summary>The reverse of <see cref="Pack"/>.</summary>
    /// <param name="source">Exactly <see cref="Length"/> bytes.</param>
    /// <param name="bits">1 to 32.</param>
    /// <param name="codes">Filled.</param>
    /// <exception cref="ArgumentException">The source has another length.</exception>
    public static void Unpack(ReadOnlySpan<byte> source, int bits, Span<int> codes)
    {
        Check(codes.Length, bits, source.Length);
        var mask = uint.MaxValue >> (32 - bits);
        var (pending, filled, place) = (0UL, 0, 0);
        for (var i = 0; i < codes.Length; i++)
        {
            while (filled < bits)
            {
                pending |= (ulong)source[place++] << filled;
                filled += 8;
            }

            codes[i] = (int)((uint)pending & mask);
            (pending, filled) = (pending >> bits, filled - bits);
        }
    }

    private static void Check(int count, int bits, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 32);
        if (bytes != Length(count, bits))
        {
            throw new ArgumentException($"{count} codes of {bits} bits take {Length(count, bits)} bytes, not {bytes}");
        }
    }
}
