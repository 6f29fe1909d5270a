namespace BitSearch.Cli.Tests.Commands;

/// <summary>A small study that was run once, for all tests of a class.</summary>
public sealed class FinishedStudy : IAsyncLifetime
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
