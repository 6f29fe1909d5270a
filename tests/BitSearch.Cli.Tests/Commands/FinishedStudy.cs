namespace BitSearch.Cli.Tests.Commands;

/// <summary>A small study that was run once, for all tests that look at it.</summary>
[CollectionDefinition(nameof(FinishedStudy))]
public sealed class FinishedStudy : IAsyncLifetime, ICollectionFixture<FinishedStudy>
{
    internal SmallStudy Study { get; } = new();

    internal ProcessResult Run { get; private set; } = new(-1, "", "");

    public async ValueTask InitializeAsync() => Run = await Study.RunAsync("run", "small.yaml");

    public ValueTask DisposeAsync()
    {
        Study.Dispose();
        return ValueTask.CompletedTask;
    }
}
