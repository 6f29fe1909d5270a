using BitSearch.Allocation;
using BitSearch.Pareto;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Trials;

namespace BitSearch.Tests;

/// <summary>
/// A search whose optimum is known: ResNet-20 within a tenth of its full size, each weight layer adds to the error rate by
/// itself, twice as much at one bit less, and layers differ thirtyfold.
/// </summary>
internal sealed class AdditiveProblem
{
    private const int Layers = 20;
    private static readonly double[] Harm = [.. Enumerable.Range(0, Layers).Select(i => Math.Pow(30, new Seed(20).Stream("harm", i).NextDouble()))];

    public SearchSpace Space { get; } = Within(0.1);

    private double Smallest => Space.Smallest(BudgetMeasure.Artifact).Footprint.Bytes;

    private double Limit => Space.Budgets[0].Limit.Bytes;

    /// <summary>The error rate: 1 where all layers have one bit.</summary>
    public static double ErrorOf(Schedule schedule) => Harm.Select((harm, i) => harm * Math.Pow(2, 1 - schedule[i].Bits)).Sum() / Harm.Sum();

    /// <summary>The share of the plane between the smallest size, the limit, and error rates 0 and 1 that schedules dominate.</summary>
    public double Share(IEnumerable<Objectives> found) =>
        Hypervolume.Of(found.Select(o => o with { Size = (o.Size - Smallest) / (Limit - Smallest) }), new Objectives(1, 1));

    /// <summary>What a strategy finds in a number of trials, the last four of which it does not know yet.</summary>
    public double Search(string proposer, int trials, ulong seed)
    {
        var (strategy, history) = (new Catalog<IProposer>(typeof(IProposer).Assembly).Create(proposer, "test"), TrialHistory.Empty);
        for (var n = 0; n < trials; n++)
        {
            var random = new Seed(seed).Stream("propose", n);
            var schedule = Proposal.Ask(strategy, Space, history.AsSeenBy(n, 4), Measurements.None, RepairRule.Nearest, random)!.Schedule;
            history = history.With(new Trial(n, "arm", schedule, 0, new TrialOutcome.Completed(ErrorOf(schedule), 1)));
        }

        return Share(JudgedSchedule.Of(Space, history).Select(j => j.Objectives));
    }

    /// <summary>What all schedules of the space together dominate, by the exact solver.</summary>
    public double Optimum()
    {
        var smallest = Space.Smallest(BudgetMeasure.Artifact).Schedule;
        var points = Space.Network.WeightPoints.Select((p, i) => new SensitivityPoint(p.Name, PointKind.Weight, p.Widths.Select(w =>
            new WidthOption(w, ErrorOf(At(i, w)) - ErrorOf(smallest), [(long)(JudgedSchedule.SizeOf(Space, At(i, w)) - Smallest)])).ToEquatableArray()));
        var curve = ExactSolver.Curve(SensitivityTable.Of([CostMeasure.Size], points), SchedulePattern.Free, 0);
        return Share(curve.Points.Select(p => new Objectives(p.Cost + Smallest, p.Sensitivity + ErrorOf(smallest))).Where(o => o.Size <= Limit));

        Schedule At(int point, Bitwidth width) => smallest.With(point, width);
    }

    private static SearchSpace Within(double share)
    {
        var network = TestNetworks.ResNet20();
        var space = SearchSpace.Of(network, new SpaceRules(TestNetworks.Bits(1, 2, 4, 8)), SchedulePattern.Free, []);
        var full = space.Footprint(Schedule.Homogeneous(network.Points.Count, Bitwidth.Full), BudgetMeasure.Artifact);
        return space with { Budgets = [new Budget(MemorySize.FromBytes((long)(share * full.Bytes)), BudgetMeasure.Artifact)] };
    }
}
