using BitSearch.Trials;

namespace BitSearch.Study;

/// <summary>Where trials are kept. A trial that was ended survives any crash that follows.</summary>
public interface ITrialStore : IAsyncDisposable
{
    /// <summary>Opens the study, creating it when there is none, and returns what is there.</summary>
    /// <param name="identity">The plan and everything else that decides results, as flat field paths and values.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="PlanException">A study of this name with other fields is there; names each field that differs.</exception>
    Task<TrialHistory> OpenAsync(IReadOnlyDictionary<string, string> identity, CancellationToken cancellationToken);

    /// <summary>Records that a trial begins; a trial that had begun and never ended is begun again.</summary>
    Task BeginAsync(Trial trial, CancellationToken cancellationToken);

    /// <summary>Records that a trial ended, with its outcome.</summary>
    Task EndAsync(Trial trial, CancellationToken cancellationToken);

    /// <summary>All trials in number order.</summary>
    Task<TrialHistory> ListAsync(CancellationToken cancellationToken);

    /// <summary>Records a reading of the test split.</summary>
    Task SaveTestAsync(int trial, TestScore score, CancellationToken cancellationToken);

    /// <summary>The readings of the test split by trial number.</summary>
    Task<IReadOnlyDictionary<int, TestScore>> ListTestsAsync(CancellationToken cancellationToken);
}
