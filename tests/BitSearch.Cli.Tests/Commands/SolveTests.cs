using System.Text.Json;
using BitSearch.Torch.Tests;

namespace BitSearch.Cli.Tests.Commands;

public sealed class SolveTests
{
    private static readonly string Table = RepositoryFile.Path("tests/BitSearch.Tests/Golden/hawq-v3-resnet18.json");

    [Fact]
    public async Task The_schedule_is_printed_layer_by_layer_with_costs_certificate_and_time()
    {
        var said = await SolveAsync("--budget", "size=0.25", "--budget", "latency=6ms");

        Assert.Equal((0, ""), (said.Exit, said.Error));
        var lines = said.Out.Split('\n');
        Assert.Equal("layer    bits    tie  sensitivity  size (MiB)  bops (GBOPs)  latency (ms)", lines[0]);
        Assert.Equal("layer4      8  tie 0  0.000322252   0.0703125       3.69938      0.191849", lines[5]);
        Assert.Equal("", lines[20]);
        Assert.Equal("schedule: 8-8-8-8-8-8-8-8-8-8-8-8-8-8-4-4-4-4-4, free", lines[21]);
        Assert.StartsWith("sensitivity: 0.118299578238, -1.18941355027", lines[22], StringComparison.Ordinal);
        Assert.Equal("size: 6.640625 MiB of at most 6.650390625 MiB", lines[23]);
        Assert.Equal("bops: 88.785027072 GBOPs, no limit", lines[24]);
        Assert.Equal("latency: 4.80028515 ms of at most 6 ms", lines[25]);
        Assert.Equal("certificate: exact", lines[26]);
        Assert.Matches(@"^time per solve: [\d.]+ ms$", lines[27]);
    }

    [Fact]
    public async Task Scripts_get_json()
    {
        using var answer = JsonDocument.Parse((await SolveAsync("--budget", "bops=0.5", "--pattern", "decreasing", "--json")).Out);

        Assert.Equal("decreasing", answer.RootElement.GetProperty("pattern").GetString());
        Assert.Equal(0, answer.RootElement.GetProperty("gap").GetDouble());
        var bits = answer.RootElement.GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("bits").GetInt32()).ToList();
        Assert.Equal(bits.OrderDescending(), bits);
        Assert.Equal(19, bits.Count);
    }

    [Fact]
    public async Task The_whole_curve_is_written_as_csv()
    {
        using var folder = new TemporaryFolder();
        var said = await SolveAsync("--curve", "size", "--output", folder.PathOf("curve.csv"));

        Assert.Equal((0, ""), (said.Exit, said.Out));
        Assert.Matches(@"^29 optima; certificate: exact; [\d.]+ ms\n$", said.Error);
        var lines = await File.ReadAllLinesAsync(folder.PathOf("curve.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("\"size (MiB)\",sensitivity,schedule", lines[0]);
        Assert.Equal(30, lines.Length);
        Assert.EndsWith(",8-8-8-8-8-8-8-8-8-8-8-8-8-8-8-8-8-8-8", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "solve: no budget is named; --budget COST=AMOUNT for one schedule, or --curve COST for all")]
    [InlineData("--curve size --budget size=0.5", "solve: a curve has every budget in it; --budget COST=AMOUNT for one schedule, or --curve COST for all")]
    [InlineData("--curve sise", "--curve: 'sise' is no cost of this table; did you mean 'size'? one of size, bops, latency")]
    [InlineData("--budget size=0.5 --output a.csv", "--output: only a curve's CSV is written to a file; --curve COST without --json, or no --output")]
    [InlineData("--budget size=1MiB", "budget size: 1 MiB is below every schedule; 5.3203125 MiB, the least, or more")]
    [InlineData("--budget size=2", "--budget: '2' is no amount of size; a share from 0 to 1 of the way from fewest to most bits, or an amount in bytes, B, KiB, MiB, GiB")]
    public async Task A_mistake_is_one_line_and_exit_2(string arguments, string message)
    {
        var said = await SolveAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, "", $"bitsearch: {message}\n"), (said.Exit, said.Out, said.Error));
    }

    private static async Task<ProcessResult> SolveAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        return await BitSearchProcess.RunAsync(folder.Root, ["solve", "--table", Table, .. arguments]);
    }
}
