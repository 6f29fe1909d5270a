using System.Text.Json;
using BitSearch.Bench.Harness;
using BitSearch.Reports;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Trials;
using MathNet.Numerics.Statistics;

namespace BitSearch.Bench.Repair;

/// <summary>
/// Where the two ways of repairing a proposal take bits away: 1,000 uniform proposals (each layer's width by itself, whatever
/// the budget) for ResNet-20, LSQ, widths 2 to 8, free pattern, 8-bit activations, artifact at most 0.10, 0.12 or 0.14 of float's.
/// </summary>
internal static class RepairRun
{
    private const int Proposals = 1000;

    private static readonly double[] Shares = [0.10, 0.12, 0.14];

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Repairs the same proposals by both rules, prints and writes <c>results/bench/repair.json</c>.</summary>
    public static void Run()
    {
        var space = ResNet20(1);
        var proposed = Uniform(space).Take(Proposals).ToList();
        var summary = new
        {
            network = "resnet20",
            proposals = Proposals,
            meanDepthOfPoints = space.Network.WeightPoints.Average(p => Depth(space, p)),
            meanDepthOfElements = space.Network.WeightPoints.Sum(p => p.Elements * Depth(space, p)) / space.Network.WeightElements,
            spearmanOfDepthAndBitsBefore = proposed.Average(s => Spearman(space, s)),
            repairs = Shares.SelectMany(share => Enum.GetValues<RepairRule>().Select(rule => Of(ResNet20(share), share, rule, proposed))),
            commit = Repository.Commit(),
        };
        var text = JsonSerializer.Serialize(summary, Layout);
        File.WriteAllText(Repository.PathOf("results", "bench", "repair.json"), text + "\n");
        Console.WriteLine(text);
    }

    private static RuleResult Of(SearchSpace space, double share, RepairRule rule, List<Schedule> proposed)
    {
        var trials = proposed.Select((schedule, n) => (n, Proposal: Proposal.Ask(
                new Saying(schedule), space, TrialHistory.Empty, Measurements.None, rule, new Seed(2).Stream("repair", n))!))
            .Select(p => new Trial(p.n, "repair", p.Proposal.Schedule, 0) { Proposed = p.Proposal.Proposed }).ToList();
        var repairs = trials.Where(t => t.Proposed is not null).ToList();
        var changes = repairs.SelectMany(t => space.Network.WeightPoints.Select((p, i) => (Point: p, Bits: Math.Abs(t.Schedule[i].Bits - t.Proposed![i].Bits)))).ToList();
        return new RuleResult(
            share,
            $"{rule}",
            repairs.Count,
            RepairDepths.Mean(space.Network, trials),
            changes.Sum(c => c.Bits * Depth(space, c.Point)) / changes.Sum(c => (double)c.Bits),
            repairs.Average(t => space.Network.WeightPoints.Where((_, i) => t.Schedule[i] != t.Proposed![i]).Count()),
            trials.Average(t => Spearman(space, t.Schedule)));
    }

    private static SearchSpace ResNet20(double share)
    {
        var factory = NetworkFactory.Catalog.Create("resnet20", "repair");
        var lsq = QuantizerFamily.Catalog.Create("lsq", "repair");
        var network = new QuantizerPair(lsq, lsq, false).Describe(factory.Describe(new NetworkSpec([3, 32, 32], 10)));
        var rules = new SpaceRules(Enumerable.Range(2, 7).Select(b => new Bitwidth(b)).ToEquatableArray()) { Activations = new ActivationRule(new Bitwidth(8)) };
        var whole = Ledger.Of(network, Schedule.Homogeneous(network.Points.Count, Bitwidth.Full)).Total;
        return SearchSpace.Of(network, rules, SchedulePattern.Free, [new Budget(MemorySize.FromBytes((long)(whole.Bytes * share)), BudgetMeasure.Artifact)]);
    }

    private static IEnumerable<Schedule> Uniform(SearchSpace space)
    {
        var (choices, seed) = (WidthChoice.Of(space), new Seed(1));
        for (var n = 0; ; n++)
        {
            var random = seed.Stream("propose", n);
            yield return WidthChoice.Schedule(choices, [.. choices.Select(c => random.Next(c.Widths.Count))]);
        }
    }

    private static double Depth(SearchSpace space, QuantizationPoint point) => (double)point.Depth / space.Network.Points.Max(p => p.Depth);

    // Rank correlation of depth and bits over all layers: below 0 where bits decrease.
    private static double Spearman(SearchSpace space, Schedule schedule) => Correlation.Spearman(
        space.Network.WeightPoints.Select(p => (double)p.Depth), space.Network.WeightPoints.Select((_, i) => (double)schedule[i].Bits));

    /// <param name="Budget">The budget as a share of float's artifact.</param>
    /// <param name="Rule">The rule.</param>
    /// <param name="Repairs">Proposals that were over budget.</param>
    /// <param name="MeanDepth">Of all layers that repairs changed, 0 to 1 (<see cref="RepairDepths"/>).</param>
    /// <param name="MeanDepthOfBits">Of all bits that repairs took away.</param>
    /// <param name="LayersARepair">Layers that a repair changed.</param>
    /// <param name="SpearmanOfDepthAndBits">Spearman's correlation of depth and bits afterwards, the mean.</param>
    private sealed record RuleResult(double Budget, string Rule, int Repairs, double? MeanDepth, double MeanDepthOfBits, double LayersARepair, double SpearmanOfDepthAndBits);

    private sealed class Saying(Schedule schedule) : IProposer
    {
        public Schedule? Propose(SearchSpace space, TrialHistory history, Measurements measured, Random random) => schedule;
    }
}
