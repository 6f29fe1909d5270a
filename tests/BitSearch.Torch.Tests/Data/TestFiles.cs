using System.Buffers.Binary;
using System.IO.Compression;

namespace BitSearch.Torch.Tests.Data;

/// <summary>Contents of small data files.</summary>
internal static class TestFiles
{
    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }

    public static byte[] Idx(int[] shape, Func<int, byte> element)
    {
        var header = 4 + (4 * shape.Length);
        var bytes = new byte[header + shape.Aggregate((a, b) => a * b)];
        (bytes[2], bytes[3]) = (8, (byte)shape.Length);
        for (var i = 0; i < shape.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), shape[i]);
        }

        for (var i = header; i < bytes.Length; i++)
        {
            bytes[i] = element(i - header);
        }

        return bytes;
    }
}
