namespace BitSearch.Torch.Data;

/// <summary>Whether a data set's files are here, without reading them.</summary>
/// <param name="Found">All files exist.</param>
/// <param name="Location">The folder they are in, or <c>embedded</c>; when not found, the folders that were looked in.</param>
/// <param name="Remedy">How to get what is missing; empty when found.</param>
public sealed record DataAvailability(bool Found, string Location, string Remedy);
