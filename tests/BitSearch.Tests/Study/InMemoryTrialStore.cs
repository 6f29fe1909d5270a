using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>What outlives the stores and the process: the disk of <see cref="InMemoryTrialStore"/>.</summary>
public sealed class InMemoryStudy
{
    public IReadOnlyDictionary<string, string>? Identity { get; set; }

    public TrialHistory History { get; set; } = TrialHistory.Empty;

    public SortedDictionary<int, TestScore> Tests { get; } = [];
}

/// <summary>A store whose place is an object.</summary>
public sealed class InMemoryTrialStore(InMemoryStudy study) : ITrialStore
{
    public Task<TrialHistory> OpenAsync(IReadOnlyDictionary<string, string> identity, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        study.Identity ??= identity;
        var problems = study.Identity.Keys.Union(identity.Keys)
            .Where(field => study.Identity.GetValueOrDefault(field) != identity.GetValueOrDefault(field))
            .Select(field => new Problem(field, "differs from the study that is there", "use another name for the study")).ToList();
        return problems.Count == 0 ? Task.FromResult(study.History) : throw new PlanException(problems);
    }

    public Task BeginAsync(Trial trial, CancellationToken cancellationToken) => Put(trial, cancellationToken);

    public Task EndAsync(Trial trial, CancellationToken cancellationToken) => Put(trial, cancellationToken);

    public Task<TrialHistory> ListAsync(CancellationToken cancellationToken) => Task.FromResult(study.History);

    public Task SaveTestAsync(int trial, TestScore score, CancellationToken cancellationToken)
    {
        study.Tests[trial] = score;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<int, TestScore>> ListTestsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<int, TestScore>>(study.Tests);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Put(Trial trial, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        study.History = study.History.With(trial);
        return Task.CompletedTask;
    }
}
