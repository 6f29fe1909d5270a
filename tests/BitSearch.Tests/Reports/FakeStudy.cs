using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests.Reports;

/// <summary>Histories to report on: tiny ones written by hand, and a large one that looks like a real study.</summary>
internal static class FakeStudy
{
    /// <summary>Three layers of 800 weights at widths 1, 2, 4, 8; artifacts are header + 100 bytes a bit.</summary>
    public static NetworkDescription Tiny { get; } = new(
        "tiny", [1, 8, 8], 10, 1, [.. Enumerable.Range(0, 3).Select(i => Weight($"layer{i}", i, [20, 40]))], []);

    public static StudyPlan Plan(params string[] arms) => new()
    {
        Name = "fake",
        Data = new DataPlan("digits"),
        Network = new NetworkPlan("tiny"),
        Space = new SpaceRules([new Bitwidth(1), new Bitwidth(2), new Bitwidth(4), new Bitwidth(8)]),
        Arms = arms.Select(a => new ArmPlan(a, SchedulePattern.Free, "random", 10)).ToEquatableArray(),
    };

    /// <summary>A completed trial of <see cref="Tiny"/>; both sizes are <paramref name="bytes"/>.</summary>
    public static Trial Trial(int number, string arm, string schedule, long bytes, double error, int repeat = 0, int? copyOf = null) =>
        new(number, arm, Schedule.Parse(schedule), repeat, new TrialOutcome.Completed(error, error * 3) { Duration = TimeSpan.FromSeconds(number + 1.5) })
        {
            CopyOf = copyOf,
            Artifact = MemorySize.FromBytes(bytes),
            Weights = MemorySize.FromBytes(bytes),
        };

    public static StudyFacts Facts(StudyPlan plan, params Trial[] trials) => new(plan, Tiny, TrialHistory.Of(trials));

    public static NamedBudget Bytes(long bytes) => new($"{bytes} B", new Budget(MemorySize.FromBytes(bytes), BudgetMeasure.Artifact));

    /// <summary>Some 75 trials of a ResNet-20 under 0.10x with three arms, one failure, one pruning, one running trial and copies.</summary>
    public static StudyFacts Large { get; } = FakeResNet.Facts();

    internal static QuantizationPoint Weight(string layer, int depth, EquatableArray<long> shape) =>
        new($"{layer}.weight", layer, depth, PointKind.Weight, shape, 1000)
        {
            Widths = [new Bitwidth(1), new Bitwidth(2), new Bitwidth(4), new Bitwidth(8)],
        };
}
