using BitSearch.Comparison;
using BitSearch.Space;

namespace BitSearch.Cli.Plans;

/// <summary>How <see cref="ComparisonPlan"/>s are written.</summary>
internal static class ComparisonShape
{
    private const string NamePattern = @"^[A-Za-z0-9_][A-Za-z0-9 ._-]{0,63}$";

    private static readonly EitherShape<ProblemPlan> Problem = new(
        Shapes.Choice([.. Landscapes.Names.Select(n => (n, new ProblemPlan(n)))]),
        new MapShape<ProblemPlan>(
            "a table: { table: results/NAME/trials.csv, plan: NAME.yaml }",
            new ProblemPlan(""),
            new Field<ProblemPlan, string?>(
                "table", "The trials.csv of a study that trained every schedule of its space, relative to this file.",
                Shapes.FilePath("a trials.csv")!, p => p.Table, (p, v) => p with { Table = v })
            { IsRequired = true },
            new Field<ProblemPlan, string>(
                "plan", "The study's plan, relative to this file: it says which schedules there are.",
                Shapes.FilePath("a study's plan (YAML)"), p => p.Plan, (p, v) => p with { Plan = v })
            { IsRequired = true },
            new Field<ProblemPlan, EquatableArray<string>>(
                "measurements", "What was measured of the network, files relative to this one; strategies that need what is missing are left out.",
                new ListShape<string>("a list of measurement files (JSON)", Shapes.FilePath("a measurement file (JSON)"), key: m => m),
                p => p.Measurements, (p, v) => p with { Measurements = v })),
        p => p.Table is null);

    // What is shuffled would be another parameter.
    private static readonly ScalarShape<SchedulePattern> SelfContained =
        Shapes.Choice([.. Enum.GetValues<SchedulePattern>().Where(p => p != SchedulePattern.Shuffled).Select(p => (p.Name(), p))]);

    /// <summary>The kinds of synthetic problems.</summary>
    public static Catalog<LandscapeFamily> Landscapes => Kinds.Landscapes;

    /// <summary>A whole plan.</summary>
    public static MapShape<ComparisonPlan> Plan { get; } = new(
        "a plan: comparison, problems",
        new ComparisonPlan(""),
        new Field<ComparisonPlan, string>(
            "comparison", "The comparison's name, for titles.",
            Shapes.Words("a name of up to 64 letters, digits, spaces, '.', '_' and '-'", n => System.Text.RegularExpressions.Regex.IsMatch(n, NamePattern), NamePattern),
            p => p.Name, (p, v) => p with { Name = v })
        { IsRequired = true },
        new Field<ComparisonPlan, ulong>("seed", "The root of all randomness.", Shapes.Seed, p => p.Seed, (p, v) => p with { Seed = v }),
        new Field<ComparisonPlan, int>("trials", "What each strategy may try.", Shapes.Whole(1, 10_000), p => p.Trials, (p, v) => p with { Trials = v }),
        new Field<ComparisonPlan, int>(
            "seeds", "How often all is done; differences are shown over them, which takes ten or so.", Shapes.Whole(2, 1000), p => p.Seeds, (p, v) => p with { Seeds = v }),
        new Field<ComparisonPlan, double>(
            "noise", "The standard deviation of what is observed of a synthetic problem's error rate; tables have that of their trainings.",
            Shapes.Number(0, below: 1), p => p.Noise, (p, v) => p with { Noise = v }),
        new Field<ComparisonPlan, EquatableArray<SchedulePattern>>(
            "pattern", "What the spaces are limited to; each of several.",
            new OneOrMoreShape<SchedulePattern>(SelfContained, new ListShape<SchedulePattern>("a list of patterns", SelfContained, least: 1, key: p => p.Name())),
            p => p.Patterns, (p, v) => p with { Patterns = v }),
        new Field<ComparisonPlan, EquatableArray<string>>(
            "strategies", "The strategies; all by default. Random is always among them.",
            new ListShape<string>("a list of strategies", Shapes.Name(Components.Proposers), least: 1, key: s => s), p => p.Strategies, (p, v) => p with { Strategies = v }),
        new Field<ComparisonPlan, EquatableArray<ProblemPlan>>(
            "problems", "Kinds of synthetic problems, and tables.",
            new ListShape<ProblemPlan>("a list of problems, at least one", Problem, least: 1, key: p => p.Table ?? p.Kind), p => p.Problems, (p, v) => p with { Problems = v })
        { IsRequired = true });

    // Of its own, so that it is there when the shapes above are made.
    private static class Kinds
    {
        public static Catalog<LandscapeFamily> Landscapes { get; } = new(typeof(LandscapeFamily).Assembly);
    }
}
