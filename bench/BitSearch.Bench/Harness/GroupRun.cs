using System.Text.Json;

namespace BitSearch.Bench.Harness;

/// <summary>Runs a group: rounds, <c>results/bench/GROUP.json</c>, and the table on standard output.</summary>
internal static class GroupRun
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Measures, writes, prints.</summary>
    /// <param name="group">What.</param>
    /// <param name="rounds">How many rounds; null: the group's own number.</param>
    public static void Run(BenchmarkGroup group, int? rounds)
    {
        var machine = Machine.Describe(group.Peer);
        var count = rounds ?? group.Rounds;
        var result = GroupResult.Of(group, machine, count, InterleavedRounds.Run(group, count));
        var folder = Repository.PathOf("results", "bench");
        Directory.CreateDirectory(folder);
        WriteBeside.Write(
            Path.Combine(folder, $"{group.Name}.json"), stream => JsonSerializer.Serialize(stream, result, Format));
        Console.WriteLine($"{MarkdownTable.Of(result)}\n");
    }
}
