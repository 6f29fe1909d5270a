namespace BitSearch.Cli.Storage;

/// <summary>A study's folder, <c>results/NAME</c>, and what lies where in it.</summary>
/// <param name="Path">The folder.</param>
internal sealed record StudyFolder(string Path)
{
    // EWOULDBLOCK: what Linux says of a lock that another process holds.
    private const int WouldBlock = 11;

    // What a study leaves behind without its database, for example in a repository.
    private static readonly string[] Ours = ["study.db", "study.lock", "plan.yaml", "report.json"];

    /// <summary>The trials.</summary>
    public string Database => In("study.db");

    /// <summary>The plan as it was run.</summary>
    public string Plan => In("plan.yaml");

    /// <summary>The chosen schedule.</summary>
    public string Schedule => In("schedule.json");

    /// <summary>The chosen schedule's packed network.</summary>
    public string Packed => In("network.bitsearch");

    /// <summary>Trained states by trial.</summary>
    public string Weights => In("weights");

    /// <summary>Logs.</summary>
    public string Logs => In("logs");

    private string Lock => In("study.lock");

    /// <summary>
    /// Makes the folder and takes it for this process alone; the system gives it back when the process ends, however it does.
    /// Given back with nothing in it, the folder goes.
    /// </summary>
    /// <exception cref="PlanException">Another process has it, it holds other files, or it cannot be written.</exception>
    public IDisposable Take()
    {
        if (File.Exists(Path) || (Directory.Exists(Path) && Stranger() is not null))
        {
            throw new PlanException(Path, File.Exists(Path) ? "a file stands where the study's folder belongs" : $"the folder is no study's: it holds {Stranger()}",
                "choose another study name or another folder of results (--results)");
        }

        try
        {
            Directory.CreateDirectory(Path);
            return new Taken(this, new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PlanException(Path, $"cannot be written: {e.Message}", "choose a writable folder of results (--results)");
        }
        catch (IOException e)
        {
            throw e.HResult == WouldBlock
                ? new PlanException(Path, "another process is running this study", "wait for it, stop it, or choose another study name")
                : new PlanException(Path, $"cannot be written: {e.Message}", "choose a writable folder of results (--results)");
        }
    }

    private string? Stranger()
    {
        var names = Directory.EnumerateFileSystemEntries(Path).Select(p => System.IO.Path.GetFileName(p)).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 || names.Exists(Ours.Contains) ? null : $"'{names[0]}'";
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private sealed class Taken(StudyFolder folder, FileStream held) : IDisposable
    {
        // While it is still held, so that nobody takes a lock that is about to go.
        public void Dispose()
        {
            using (held)
            {
                if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).All(p => p == folder.Lock))
                {
                    File.Delete(folder.Lock);
                    Directory.Delete(folder.Path);
                }
            }
        }
    }
}
