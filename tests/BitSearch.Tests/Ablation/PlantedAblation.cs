using BitSearch.Ablation;
using BitSearch.Search;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Trials;
using MathNet.Numerics.Distributions;

namespace BitSearch.Tests.Ablation;

/// <summary>
/// An ablation whose answer is planted: twelve layers of one size, so that depth and size are not confounded, and an error rate
/// that grows with the bits that a layer lacks of a planted schedule, which is as large as four bits everywhere.
/// </summary>
internal sealed class PlantedAblation : IEvaluator
{
    private const int Layers = 12;

    /// <summary>Falls with depth; the mean is four bits.</summary>
    public static readonly int[] Falling = [8, 8, 6, 6, 4, 4, 2, 2, 2, 2, 2, 2];

    /// <summary>The same widths, up and down.</summary>
    public static readonly int[] UpAndDown = [2, 8, 2, 6, 2, 8, 2, 4, 2, 6, 4, 2];

    private readonly double[,] _harm = new double[Layers, 9];
    private readonly double _noise;
    private readonly ulong _seed;

    /// <summary>Plants an answer.</summary>
    /// <param name="planted">The best schedule; null: nothing matters.</param>
    /// <param name="seed">Decides noise, samples and resamples.</param>
    /// <param name="noise">The standard deviation of an error rate over seeds.</param>
    public PlantedAblation(int[]? planted, ulong seed = 1, double noise = 0.003)
    {
        (_seed, _noise) = (seed, noise);
        for (var layer = 0; layer < Layers; layer++)
        {
            for (var bits = 1; bits <= 8; bits++)
            {
                _harm[layer, bits] = planted is null ? 0 : 0.002 * (Math.Pow(2, Math.Max(0, planted[layer] - bits)) - 1);
            }
        }
    }

    public static NetworkDescription Network { get; } = Weights(TestNetworks.Of(
        "isotropic", [.. Enumerable.Range(0, Layers).Select(i => ($"layer{i}", (EquatableArray<long>)[32, 32, 3, 3]))]));

    public static IReadOnlyList<SearchSpace> Spaces { get; } =
    [
        .. AblationPlan.AllPatterns.Where(p => p != SchedulePattern.Shuffled)
            .Select(p => SearchSpace.Of(Network, new SpaceRules(TestNetworks.Bits(1, 2, 3, 4, 6, 8)), p, [])),
    ];

    /// <summary>What the proxy says: exactly what each layer alone does.</summary>
    public Measurement Proxy => new("planted", [.. from i in Enumerable.Range(0, Layers) from width in TestNetworks.Bits(1, 2, 3, 4, 6, 8)
        select new MeasuredValue(Network.Points[i].Name, width, _harm[i, width.Bits])]);

    public AblationPlan Plan(int repeats = 8, params string[] budgets) => new(new StudyPlan
    {
        Name = "planted",
        Seed = _seed,
        Data = new("digits"),
        Network = new("isotropic"),
        Space = new(TestNetworks.Bits(1, 2, 3, 4, 6, 8)),
        Arms = [],
    })
    {
        Budgets = budgets.Length == 0 ? ["as 4 bits"] : budgets.ToEquatableArray(),
        Repeats = repeats,
    };

    public AblationDesign Design(int repeats = 8, params string[] budgets) => AblationDesign.Of(Plan(repeats, budgets), Spaces, Proxy);

    /// <summary>The error rate: what is planted, what a seed does to all schedules, and what it does to this one.</summary>
    public double ErrorRate(Schedule schedule, int repeat)
    {
        var harm = schedule.Widths.Select((w, i) => _harm[i, w.Bits]).Sum();
        var seed = new Seed(_seed);
        var together = Normal.Sample(seed.Stream("together", repeat), 0, _noise);
        return Math.Clamp(0.1 + harm + together + Normal.Sample(seed.Stream($"alone {schedule}", repeat), 0, _noise), 0, 1);
    }

    public TrialOutcome Evaluate(Evaluation evaluation, Action<StudyEvent> report, CancellationToken cancellationToken) =>
        new TrialOutcome.Completed(ErrorRate(evaluation.Schedule, evaluation.Repeat), 1);

    public TestScore Test(Evaluation evaluation, CancellationToken cancellationToken) => throw new NotSupportedException("an ablation reads no test split");

    /// <summary>Runs it as the command does: the same design, the same loop, the same analysis.</summary>
    public async Task<AblationResult> RunAsync(AblationDesign design, int workers = 1)
    {
        var runner = new StudyRunner(
            design.Plan.Study, [new StudyArm("none", Spaces[0], new RandomProposer(), 0)], [], new InMemoryTrialStore(new InMemoryStudy()), this, _ => { }, workers)
        {
            Given = design.Trials(),
        };
        var history = await runner.RunAsync(new Dictionary<string, string>(), TestContext.Current.CancellationToken);
        return AblationResult.Of(AblationRow.Of(history.Trials), new Seed(_seed), design.Plan.Margin);
    }

    private static NetworkDescription Weights(NetworkDescription network) => network with { Points = network.WeightPoints.ToEquatableArray() };
}
