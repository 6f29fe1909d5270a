namespace BitSearch.Torch.Data;

/// <summary>A gzipped file that can be fetched and proven right.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="FileName">Its name in the folder, ending in <c>.gz</c>.</param>
/// <param name="UnpackedLength">Bytes after unpacking.</param>
/// <param name="UnpackedSha256">
/// SHA-256 of the unpacked bytes in lower-case hexadecimal; of the content rather than the archive, because mirrors compress anew.
/// </param>
public sealed record Download(Uri Url, string FileName, long UnpackedLength, string UnpackedSha256);
