namespace BitSearch;

/// <summary>Writes files so that under their name there is the old content or the whole new one, never a part.</summary>
public static class WriteBeside
{
    /// <summary>Writes to a temporary file in the same folder (made if missing), flushes it to the disk and renames it.</summary>
    /// <param name="path">The final name; an existing file is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="PlanException">The disk is full or read-only, or the folder cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var beside = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            try
            {
                if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                {
                    Directory.CreateDirectory(folder);
                }

                using (var stream = File.Create(beside))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(beside, path, overwrite: true);
            }
            catch
            {
                if (File.Exists(beside))
                {
                    File.Delete(beside);
                }

                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanException(path, $"cannot be written: {e.Message}", "name a writable place with free space");
        }
    }
}
