using System.Buffers.Binary;

namespace BitSearch.Torch.Data;

/// <summary>
/// The IDX format of MNIST (LeCun, Cortes, Burges): two zero bytes, the element type (8: uint8), the number of dimensions,
/// each dimension as a big-endian 32-bit number, then the elements.
/// </summary>
internal static class IdxFile
{
    /// <summary>Reads a file of uint8 whose shape is known beforehand, so a hostile header cannot make us allocate.</summary>
    /// <param name="path">The file, gzipped if its name ends in <c>.gz</c>.</param>
    /// <param name="shape">What the header must say.</param>
    /// <param name="remedy">How to get a right file.</param>
    /// <returns>All elements.</returns>
    /// <exception cref="PlanException">Wrong magic, wrong shape, truncated, over-long or unreadable.</exception>
    public static byte[] Read(string path, int[] shape, string remedy)
    {
        using var file = new DataFile(path, remedy);
        var header = new byte[4 + (4 * shape.Length)];
        var elements = shape.Aggregate(1, (product, d) => checked(product * d));
        file.Read(header.AsSpan(0, 4), header.Length + elements);
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var right = 0x0800u + (uint)shape.Length;
        if (magic != right)
        {
            throw file.Wrong($"begins with 0x{magic:x8} where 0x{right:x8} is expected (wrong magic number: not this IDX file)");
        }

        file.Read(header.AsSpan(4), header.Length + elements);
        var found = shape.Select((_, i) => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + (4 * i)))).ToArray();
        if (!found.SequenceEqual(shape.Select(d => (uint)d)))
        {
            throw file.Wrong($"has the shape [{string.Join(", ", found)}] where [{string.Join(", ", shape)}] is expected");
        }

        var data = new byte[elements];
        file.Read(data, header.Length + elements);
        file.End();
        return data;
    }
}
