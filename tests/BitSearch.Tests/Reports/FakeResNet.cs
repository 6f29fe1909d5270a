using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;

namespace BitSearch.Tests.Reports;

/// <summary>A made-up study of a ResNet-20 that looks like a real one; its errors come from a formula.</summary>
internal static class FakeResNet
{
    private static readonly Bitwidth[] Widths = [new(1), new(2), new(4), new(8)];

    private static readonly (string Layer, long[] Shape)[] Layers = [.. Enumerable.Range(0, 20).Select(i => i switch
    {
        0 => ("conv1", new long[] { 16, 3, 3, 3 }),
        19 => ("linear", [10, 64]),
        _ => ($"layer{((i - 1) / 6) + 1}.{(i - 1) % 6 / 2}.conv{((i - 1) % 2) + 1}", Convolution(i)),
    })];

    public static NetworkDescription Network { get; } = new(
        "resnet20", [3, 32, 32], 10, 1,
        [
            .. Layers.Select((l, i) => FakeStudy.Weight(l.Layer, i, [.. l.Shape])),
            .. Layers.Select((l, i) => new QuantizationPoint($"{l.Layer}.input", l.Layer, i, PointKind.Activation, [16, 32, 32], 1000) { Widths = [new Bitwidth(4)] }),
        ],
        [.. Layers.Select(l => new FixedTensor($"{l.Layer}.norm", l.Layer, LedgerKind.Norm, [2, l.Shape[0]]))])
    {
        Scales = new ScaleRule(ScaleGranularity.PerTensor, ScaleGranularity.PerTensor, ScaleGranularity.PerTensor, ScaleGranularity.PerTensor),
    };

    public static StudyFacts Facts()
    {
        var plan = FakeStudy.Plan("homogeneous", "decreasing", "free") with
        {
            Name = "cifar10-resnet20",
            Data = new DataPlan("cifar10"),
            Arms =
            [
                new ArmPlan("homogeneous", SchedulePattern.Homogeneous, "exhaustive", 3),
                new ArmPlan("decreasing", SchedulePattern.Decreasing, "random", 23),
                new ArmPlan("free", SchedulePattern.Free, "random", 23),
            ],
        };
        var full = Ledger.Of(Network, Schedule.Homogeneous(40, Bitwidth.Full)).Total;
        var history = TrialHistory.Of(Trials());
        var facts = new StudyFacts(plan with { Budget = new BudgetPlan("0.10x", Report: ["0.06x", "24 KiB"]) }, Network, history)
        {
            Budget = Named("0.10x", full.Bits / 10),
            FurtherBudgets = [Named("0.06x", full.Bits * 6 / 100), Named("24 KiB", 24 * 8192)],
            ValidationImages = 5000,
            Provenance = Provenance,
        };
        var tests = StudyReport.Of(facts).Finalists.ToDictionary(
            f => f.Schedule.Trial, f => new TestScore((int)(5000 * (1 - f.Schedule.ErrorRate - 0.004)), 5000));
        return facts with { Tests = tests };
    }

    private static Provenance Provenance => new()
    {
        Version = "0.1.0",
        Commit = "0123abc",
        DotNet = "10.0.1",
        TorchSharp = "0.107.0",
        LibTorch = "2.10.0",
        OperatingSystem = "Debian GNU/Linux 12 (bookworm)",
        Processor = "AMD EPYC <7B13>",
        Cores = 2,
        Workers = 2,
        Command = "bitsearch run search-spaces/cifar10-resnet20.yaml",
        Splits = "train 50,000; validation 5,000 (first half of the test images); test 5,000 (second half)",
        PlanFingerprint = "p1",
        DataFingerprint = "d1",
        WeightsFingerprint = "w1",
        Started = new DateTimeOffset(2026, 11, 24, 1, 0, 0, TimeSpan.Zero),
        Finished = new DateTimeOffset(2026, 11, 24, 3, 12, 5, TimeSpan.Zero),
    };

    private static long[] Convolution(int i)
    {
        var wide = 16L << ((i - 1) / 6);
        return [wide, i > 1 && (i - 1) % 6 == 0 ? wide / 2 : wide, 3, 3];
    }

    private static NamedBudget Named(string text, long bits) => new(text, new Budget(new MemorySize(bits / 8 * 8), BudgetMeasure.Artifact));

    private static List<Trial> Trials()
    {
        var random = new SeededRandom(7);
        var trials = new List<Trial>();
        foreach (var width in Widths.Append(Bitwidth.Full))
        {
            Add(Trial.BaselineArm, Enumerable.Repeat(width, 20));
        }

        for (var i = 0; i < 23; i++)
        {
            Add("decreasing", Draw(decreasing: true));
            Add("free", Draw(decreasing: false));
            Add("homogeneous", Enumerable.Repeat(Widths[i % 3], 20), limit: 3);
        }

        trials[20] = trials[20] with { Outcome = new TrialOutcome.Failed("the loss became NaN at step 12") };
        trials[31] = trials[31] with { Outcome = new TrialOutcome.Pruned("worse than the median of 8 trials") };
        trials[^1] = trials[^1] with { Outcome = null };
        return trials;

        void Add(string arm, IEnumerable<Bitwidth> weights, int limit = int.MaxValue)
        {
            if (trials.Count(t => t.Arm == arm) >= limit)
            {
                return;
            }

            var w = weights.ToArray();
            var schedule = new Schedule(w.Concat(Enumerable.Repeat(w[0].IsFull ? Bitwidth.Full : new Bitwidth(4), 20)).ToEquatableArray());
            var earlier = trials.Find(t => t.Schedule == schedule);
            var error = Error(w) + (random.NextDouble() * 0.008);
            var outcome = earlier?.Outcome ?? new TrialOutcome.Completed(Math.Round(error * 5000) / 5000, error * 3.3) { Duration = TimeSpan.FromSeconds(95 + (random.NextDouble() * 20)) };
            var ledger = Ledger.Of(Network, schedule);
            trials.Add(new Trial(trials.Count, arm, schedule, 0, outcome) { CopyOf = earlier?.Number, Artifact = ledger.Total, Weights = ledger.Weights });
        }

        Bitwidth[] Draw(bool decreasing)
        {
            var drawn = Enumerable.Range(0, 20).Select(_ => Widths[random.Next(0, random.Next(2, 5))]).ToArray();
            return decreasing ? [.. drawn.OrderByDescending(w => w)] : drawn;
        }
    }

    private static double Error(Bitwidth[] widths) => 0.081 + widths.Select((w, i) => 0.09 * Math.Pow(0.30, w.IsFull ? 20 : w.Bits - 1) / (1 + (0.12 * i))).Sum() * 0.35;
}
