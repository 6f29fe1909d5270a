using System.IO.Compression;
using System.Security.Cryptography;

namespace BitSearch.Torch.Data;

/// <summary>
/// Fetches the files of a data set, only when asked. Each is written beside its place, checked, and renamed: a file under
/// the final name is whole and right.
/// </summary>
public static class Downloader
{
    /// <summary>Fetches what is not there yet.</summary>
    /// <param name="dataset">A set with <see cref="IDataset.Downloads"/>.</param>
    /// <param name="folder">Where to; null for <c>$BITSEARCH_DATA/name</c>, else <c>~/.cache/bitsearch/name</c>. Made if missing.</param>
    /// <param name="client">Does the requests; its timeout holds for each file.</param>
    /// <param name="progress">Told one sentence a file, or null.</param>
    /// <param name="ct">Stops; what was being fetched is removed.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="PlanException">The set cannot be fetched, the server fails, the content is wrong, or the disk refuses.</exception>
    public static async Task<string> FetchAsync(
        IDataset dataset, string? folder, HttpClient client, IProgress<string>? progress, CancellationToken ct)
    {
        if (dataset.Downloads.Count == 0)
        {
            var here = dataset.Check(folder);
            throw new PlanException(dataset.Name, "this data set cannot be fetched", here.Found ? $"it is already here: {here.Location}" : here.Remedy);
        }

        var home = folder ?? DataFiles.DefaultFolder(dataset.Name);
        foreach (var download in dataset.Downloads)
        {
            var path = Path.Combine(home, download.FileName);
            try
            {
                Directory.CreateDirectory(home);
                var done = await FetchAsync(download, path, client, ct).ConfigureAwait(false);
                progress?.Report(done);
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException
                || (e is TaskCanceledException && !ct.IsCancellationRequested))
            {
                throw new PlanException(download.Url.ToString(), $"cannot be fetched: {e.Message}",
                    $"try again, or put the file there by hand: {path}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PlanException(path, $"cannot be written: {e.Message}", "name a writable folder with free space");
            }
        }

        return home;
    }

    private static async Task<string> FetchAsync(Download download, string path, HttpClient client, CancellationToken ct)
    {
        if (File.Exists(path) && await FaultAsync(download, path, ct).ConfigureAwait(false) is null)
        {
            return $"{path} is already there and right";
        }

        var beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await CopyAsync(download, beside, client, ct).ConfigureAwait(false);
            if (await FaultAsync(download, beside, ct).ConfigureAwait(false) is { } fault)
            {
                throw new PlanException(download.Url.ToString(), fault, $"fetch it from another place and put it there by hand: {path}");
            }

            File.Move(beside, path, overwrite: true);
            return $"{path} fetched and checked";
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static async Task CopyAsync(Download download, string beside, HttpClient client, CancellationToken ct)
    {
        using var response = await client.GetAsync(download.Url, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var source = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        await using var target = File.Create(beside);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await source.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
        {
            // gzip adds at most 5 bytes a 16 KiB block and a header; anything much longer than its content is not it.
            if (target.Length + read > download.UnpackedLength + (download.UnpackedLength / 1000) + 1024)
            {
                throw new PlanException(download.Url.ToString(), $"sends more than {download.UnpackedLength:N0} bytes",
                    "fetch the file from another place");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
        }

        target.Flush(flushToDisk: true);
    }

    /// <summary>What is wrong with the content, or null.</summary>
    private static async Task<string?> FaultAsync(Download download, string path, CancellationToken ct)
    {
        try
        {
            await using var unpacked = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[1 << 16];
            int read;
            for (var total = 0L; (read = await unpacked.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0;)
            {
                total += read;
                if (total > download.UnpackedLength)
                {
                    return $"unpacks to more than {download.UnpackedLength:N0} bytes";
                }

                hash.AppendData(buffer, 0, read);
            }

            var found = Convert.ToHexStringLower(hash.GetHashAndReset());
            return found == download.UnpackedSha256 ? null : $"its content has the SHA-256 {found} where {download.UnpackedSha256} is expected";
        }
        catch (InvalidDataException e)
        {
            return $"is not a gzip file: {e.Message}";
        }
    }
}
