using BitSearch.Ablation;
using BitSearch.Space;

namespace BitSearch.Cli.Plans;

/// <summary>How <see cref="AblationPlan"/>s are written.</summary>
internal static class AblationShape
{
    /// <summary>A whole plan.</summary>
    public static MapShape<AblationPlan> Plan { get; } = new(
        "a plan: ablation, data, network, space, budgets",
        new AblationPlan(PlanShape.Empty),
        [
            new Field<AblationPlan, string>(
                "ablation", "The ablation's name, also that of its folder.", PlanShape.FolderName, p => p.Study.Name, (p, v) => p with { Study = p.Study with { Name = v } })
            { IsRequired = true },
            .. ExperimentShape.All.Select(f => new LiftedField<AblationPlan, Study.StudyPlan>(f, p => p.Study, (p, v) => p with { Study = v })),
            new Field<AblationPlan, EquatableArray<string>>(
                "budgets", "The budgets; where a homogeneous schedule is smaller than one, its exact size counts.",
                new ListShape<string>("a list of budgets, such as [as 2 bits, 0.10x]", Shapes.Words("a budget: as 2 bits, 0.10x or 64 KiB", t => t.Length > 0 && !t.Contains('/')), least: 1, key: b => b),
                p => p.Budgets, (p, v) => p with { Budgets = v })
            { IsRequired = true },
            new Field<AblationPlan, double>(
                "tolerance", "The share of the budget by which a schedule may be smaller; none is larger.",
                Shapes.Number(0, below: 1), p => p.Tolerance, (p, v) => p with { Tolerance = v }),
            new Field<AblationPlan, string>(
                "proxy", "The strategy whose measurement ranks schedules before they are trained.", Shapes.Name(Components.Proposers), p => p.Proxy, (p, v) => p with { Proxy = v }),
            new Field<AblationPlan, EquatableArray<SchedulePattern>>(
                "arms", "What is compared; decreasing is always among them.",
                new ListShape<SchedulePattern>("a list of patterns", SpaceShape.Patterns, least: 1, key: p => p.Name()), p => p.Patterns, (p, v) => p with { Patterns = v }),
            new Field<AblationPlan, int>(
                "repeats", "How many seeds; eight are needed for a difference to be shown at a single budget against five arms.",
                Shapes.Whole(2, 1000), p => p.Repeats, (p, v) => p with { Repeats = v }),
            new Field<AblationPlan, double>(
                "margin", "So many points of accuracy are no loss, where memory saved at equal accuracy is asked for.",
                Shapes.Number(0, below: 100), p => p.Margin, (p, v) => p with { Margin = v }),
        ]);
}
