using BitSearch.Study;

namespace BitSearch.Cli.Plans;

/// <summary>How <see cref="LadderPlan"/>s and <see cref="SharedPlan"/>s are written in plans.</summary>
internal static class LadderShape
{
    private static readonly EitherShape<Rung> Rung = new(
        Shapes.Choice(("proxy", new Rung(RungKind.Proxy)), ("start", new Rung(RungKind.Start))),
        new MapShape<Rung>(
            "{ steps: 20 }, inside the training",
            new Rung(RungKind.Steps),
            new Field<Rung, int>("steps", "After how many training steps.", Shapes.Whole(1), r => r.Steps, (r, v) => r with { Steps = v }) { IsRequired = true }),
        r => r.Kind != RungKind.Steps);

    /// <summary>A ladder.</summary>
    public static Shape<LadderPlan> Ladder { get; } = new MapShape<LadderPlan>(
        "a ladder: { rungs: [start, { steps: 20 }] }",
        new LadderPlan(),
        new Field<LadderPlan, EquatableArray<Rung>>(
            "rungs",
            "What is looked at before training ends, in this order: proxy (how far quantization moves the weights), start (validation error before training), and steps.",
            new ListShape<Rung>("a list of rungs, at least one", Rung, least: 1, key: r => $"{r}"), l => l.Rungs, (l, v) => l with { Rungs = v })
        { IsRequired = true },
        new Field<LadderPlan, double>("keep", "The share of an arm's schedules that climbs from each rung.", Shapes.Share(above: true), l => l.Keep, (l, v) => l with { Keep = v }),
        new Field<LadderPlan, double>("audit", "The share of schedules that is trained to the end whatever its scores, to measure the rungs by.", Shapes.Share(above: false), l => l.Audit, (l, v) => l with { Audit = v }),
        new Field<LadderPlan, double>("tau", "A rung prunes only while the lower bound of its Kendall tau with the next is at least this.", Shapes.Number(-1, below: 1), l => l.Tau, (l, v) => l with { Tau = v }),
        new Field<LadderPlan, int?>("images", "How many validation images a rung's error is read on; all by default.", new OptionalShape<int>(Shapes.Whole(1)), l => l.Images, (l, v) => l with { Images = v }));

    /// <summary>Shared weights.</summary>
    public static Shape<SharedPlan> Shared { get; } = new MapShape<SharedPlan>(
        "how shared weights are trained: { recipe: { steps: 200 }, random: 2 }",
        new SharedPlan(),
        new Field<SharedPlan, Recipe>("recipe", "Steps, rate, batches and data; starts from full-precision weights.", RecipeShape.Of(new Recipe()), s => s.Recipe, (s, v) => s with { Recipe = v }),
        new Field<SharedPlan, int>("random", "Random schedules a step, beside the widest and the narrowest.", Shapes.Whole(0, 64), s => s.Random, (s, v) => s with { Random = v }));
}
