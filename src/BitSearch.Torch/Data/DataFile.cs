using System.IO.Compression;

namespace BitSearch.Torch.Data;

/// <summary>A data file being read from front to end, unpacked if its name ends in <c>.gz</c>; every surprise is a <see cref="PlanException"/>.</summary>
internal sealed class DataFile : IDisposable
{
    private readonly string _path;
    private readonly string _remedy;
    private readonly Stream _stream;
    private long _position;

    /// <summary>Opens the file.</summary>
    public DataFile(string path, string remedy)
    {
        (_path, _remedy) = (path, remedy);
        _stream = Try(() =>
        {
            Stream file = File.OpenRead(path);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        });
    }

    /// <summary>Fills the destination with the next bytes.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="expected">The length the whole file should have, for the message.</param>
    /// <exception cref="PlanException">The file ends before.</exception>
    public void Read(Span<byte> destination, long expected)
    {
        try
        {
            var read = _stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            _position += read;
            if (read < destination.Length)
            {
                throw Wrong($"ends after {_position:N0} bytes where {expected:N0} are expected (truncated)");
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Wrong($"cannot be read: {e.Message}");
        }
    }

    /// <summary>Makes sure that nothing follows.</summary>
    /// <exception cref="PlanException">The file goes on.</exception>
    public void End()
    {
        if (Try(_stream.ReadByte) >= 0)
        {
            var length = _stream is FileStream file ? $"has {file.Length:N0} bytes" : "goes on";
            throw Wrong($"{length} where {_position:N0} are expected (over-long)");
        }
    }

    /// <summary>The mistake to throw about this file.</summary>
    public PlanException Wrong(string wrong) => new(_path, wrong, _remedy);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Wrong($"cannot be read: {e.Message}");
        }
    }
}
