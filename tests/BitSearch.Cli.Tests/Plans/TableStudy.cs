using BitSearch.Cli.Plans;

namespace BitSearch.Cli.Tests.Plans;

/// <summary>A study of a small space as if every schedule of it had been trained, for comparisons of strategies.</summary>
internal static class TableStudy
{
    public const string Plan = """
        study: tiny
        data: { name: digits }
        network: { name: lenet5 }
        space:
          widths: [2, 4]
          first: { pinned: 8 }
        budget: 0.12x
        training: { from: scratch, steps: 5 }
        arms:
          - { name: all, pattern: free, proposer: exhaustive, trials: 100 }
        """;

    public const string Comparison = """
        comparison: table
        trials: 10
        problems: [{ table: trials.csv, plan: tiny.yaml }]
        """;

    /// <summary>Writes <c>tiny.yaml</c> and <c>trials.csv</c>; errors fall with the bits, and a baseline is no proposal.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="leaveOut">How many of the last schedules are missing.</param>
    public static void Write(string folder, int leaveOut = 0)
    {
        File.WriteAllText(Path.Combine(folder, "tiny.yaml"), Plan);
        var schedules = PlanFile.Open(Path.Combine(folder, "tiny.yaml")).Arms[0].Space.Enumerate().SkipLast(leaveOut);
        File.WriteAllText(
            Path.Combine(folder, "trials.csv"),
            "number,arm,repeat,schedule,outcome,validation_error,loss,seconds\r\n0,baseline,0,32-32,completed,0,0,9\r\n" + string.Concat(schedules.Select((s, i) =>
                FormattableString.Invariant($"{i + 1},all,0,{s},completed,{0.1 + (1.0 / s.Widths.Sum(w => w.Bits)):R},0.5,{10 + i}\r\n"))));
    }
}
