namespace BitSearch.Torch.Data;

/// <summary>The files of a data set and where to look for them.</summary>
/// <param name="FolderName">Name of the set's folder inside <c>$BITSEARCH_DATA</c> and <c>~/.cache/bitsearch</c>.</param>
/// <param name="Names">The files; each may also be there with <c>.gz</c> behind its name if <paramref name="Gzip"/>.</param>
/// <param name="Gzip">Whether gzipped files are read.</param>
/// <param name="Remedy">How to get them.</param>
internal sealed record DataFiles(string FolderName, EquatableArray<string> Names, bool Gzip, string Remedy)
{
    /// <summary>Folders of the operating system, looked in last.</summary>
    public EquatableArray<string> SystemFolders { get; init; } = [];

    /// <summary>Where downloads go when no folder is given: <c>$BITSEARCH_DATA/name</c>, else <c>~/.cache/bitsearch/name</c>.</summary>
    public static string DefaultFolder(string folderName) => UsualFolders(folderName).First();

    /// <summary>Looks without reading.</summary>
    public DataAvailability Check(string? folder)
    {
        var home = Choose(folder);
        return home is not null && Missing(home).Count == 0
            ? new DataAvailability(true, home, "")
            : new DataAvailability(false, string.Join(", ", Candidates(folder)), Remedy);
    }

    /// <summary>The paths of all files, in the order of <see cref="Names"/>.</summary>
    /// <exception cref="PlanException">Naming every missing file, or the folders looked in when there is nothing at all.</exception>
    public IReadOnlyList<string> Locate(string? folder)
    {
        if (Choose(folder) is not { } home)
        {
            throw new PlanException(string.Join(", ", Candidates(folder)), $"no file of {FolderName} is there", Remedy);
        }

        var missing = Missing(home);
        return missing.Count == 0
            ? [.. Names.Select(n => Find(home, n)!)]
            : throw new PlanException(missing.Select(n => new Problem(Path.Combine(home, n), "the file is missing", Remedy)));
    }

    private static IEnumerable<string> UsualFolders(string folderName)
    {
        if (Environment.GetEnvironmentVariable("BITSEARCH_DATA") is { Length: > 0 } root)
        {
            yield return Path.Combine(root, folderName);
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        yield return Path.Combine(home, ".cache", "bitsearch", folderName);
    }

    private IEnumerable<string> Candidates(string? folder) => folder is not null ? [folder] : [.. UsualFolders(FolderName), .. SystemFolders];

    /// <summary>The first folder with all files, else the first with any, else null.</summary>
    private string? Choose(string? folder) =>
        Candidates(folder).FirstOrDefault(f => Missing(f).Count == 0)
        ?? Candidates(folder).FirstOrDefault(f => Missing(f).Count < Names.Count);

    private List<string> Missing(string folder) => [.. Names.Where(n => Find(folder, n) is null)];

    private string? Find(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? path : Gzip && File.Exists(path + ".gz") ? path + ".gz" : null;
    }
}
