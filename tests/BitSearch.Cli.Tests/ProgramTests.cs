using System.Diagnostics;

namespace BitSearch.Cli.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task Without_a_command_the_program_says_how_it_is_used_and_exits_with_2()
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "bitsearch-cli.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [dll]) { RedirectStandardError = true })!;

        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("usage: bitsearch", said, StringComparison.Ordinal);
        Assert.Equal(2, process.ExitCode);
    }
}
