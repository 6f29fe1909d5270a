using BitSearch.Bench.Harness;
using BitSearch.Pareto;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;
using BitSearch.Trials;
using MathNet.Numerics;

namespace BitSearch.Bench.Groups;

/// <summary>
/// What a search does besides training: drawing schedules, comparing them, proposing. The space is ResNet-20 with 1, 2, 4 and
/// 8 bits anywhere, activations at 8, the artifact within a tenth of its full precision.
/// </summary>
internal static class SearchGroup
{
    private const string Variant = "BitSearch";
    private const int Points = 100_000;
    private const int Samples = 500;
    private const int Proposals = 10;
    private const int Running = 8;

    /// <summary>Opens the group.</summary>
    public static BenchmarkGroup Open()
    {
        // All of a proposal on the thread whose time is taken.
        Control.UseSingleThread();
        var group = new BenchmarkGroup("search", "Sampling, fronts, proposals") { Unit = "schedules", Rounds = 11, WarmUps = 3 };
        var space = ResNet20();
        var random = new SeededRandom(1);
        Add(group, $"uniform schedules of {space}: {space.Count()} of {space.CountUnlimited()}", Samples, () => space.Sample(random));
        Objectives[] points = [.. Enumerable.Range(0, Points).Select(_ => new Objectives(random.NextDouble(), random.NextDouble()))];
        group.Cases.Add(new BenchmarkCase(
            $"front and hypervolume of {Points} random points", Variant, () => Clock.Time(() => Front(points), 1)));
        Objectives[] curve = [.. points.Select(p => new Objectives(p.Size, 1 - p.Size))];
        group.Cases.Add(new BenchmarkCase(
            $"front and hypervolume of {Points} points, all on the front", Variant, () => Clock.Time(() => Front(curve), 1)));
        foreach (var (name, proposer) in new Catalog<IProposer>(typeof(IProposer).Assembly).All().Where(p => p.Component.Needs.Count == 0))
        {
            AddProposals(group, space, name, proposer, 100);
        }

        AddProposals(group, space, "bayesian", new BayesianProposer(), 200);
        return group;
    }

    private static void AddProposals(BenchmarkGroup group, SearchSpace space, string name, IProposer proposer, int trials)
    {
        var (history, number) = (History(space, trials), 0);
        Add(group, $"{name}, after {trials} trials of which {Running} run", Proposals, () => Proposal.Ask(
            proposer, space, history, Measurements.None, RepairRule.Nearest, new Seed(1).Stream(name, number++)));
    }

    // The time of one, the mean over the repeats of a round.
    private static void Add(BenchmarkGroup group, string subject, int repeats, Func<object?> work) => group.Cases.Add(new BenchmarkCase(
        subject,
        Variant,
        () => Clock.Time(() => _ = work() ?? throw new InvalidOperationException($"{subject}: nothing came"), repeats),
        Amount: 1));

    private static void Front(Objectives[] points)
    {
        var front = ParetoFront.Of(points, p => p);
        if (Hypervolume.Of(points, new Objectives(1, 1)) is not > 0.4 || front.Count == 0)
        {
            throw new InvalidOperationException("the points dominate too little");
        }
    }

    private static SearchSpace ResNet20()
    {
        var quantizers = QuantizerPair.Parse("dorefa/dorefa", "benchmark");
        var network = quantizers.Describe(NetworkFactory.Catalog.Create("resnet20", "benchmark").Describe(new NetworkSpec([3, 32, 32], 10)));
        var full = Ledger.Of(network, Schedule.Homogeneous(network.Points.Count, Bitwidth.Full)).Total;
        var rules = new SpaceRules([new(1), new(2), new(4), new(8)]) { Activations = new ActivationRule(new Bitwidth(8)) };
        return SearchSpace.Of(network, rules, SchedulePattern.Free, [new Budget(MemorySize.FromBytes(full.Bytes / 10), BudgetMeasure.Artifact)]);
    }

    // Fewer errors at more bits, and noise; the last trials still run.
    private static TrialHistory History(SearchSpace space, int trials)
    {
        var random = new SeededRandom(2);
        return TrialHistory.Of(Enumerable.Range(0, trials).Select(number =>
        {
            var schedule = space.Sample(random)!;
            var error = schedule.Widths.Average(w => Math.Pow(2, -w.Bits)) + (0.01 * random.NextDouble());
            return new Trial(number, "arm", schedule, 0, number < trials - Running ? new TrialOutcome.Completed(error, 1) : null);
        }));
    }
}
