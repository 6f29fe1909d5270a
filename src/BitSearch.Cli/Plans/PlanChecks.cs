using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;
using BitSearch.Torch.Models;
using BitSearch.Torch.Quantizers;

namespace BitSearch.Cli.Plans;

/// <summary>
/// The mistakes that no field shows alone. Each check needs some fields to be fine and runs whenever they are, so that one
/// mistake hides as few others as possible.
/// </summary>
internal static class PlanChecks
{
    private static readonly string[] Chosen = ["proposer", "trials"]; // What an arm of given schedules has none of.

    /// <summary>Checks a plan that has been read, and builds what it means.</summary>
    /// <returns>The study; null after a mistake.</returns>
    public static PlannedStudy? Check(StudyPlan plan, PlanReading reading, string text)
    {
        CheckWeights(plan, reading);
        CheckLadder(plan, reading);
        CheckArms(plan, reading);
        var quantizers = reading.IsFine("quantizer") ? QuantizerPair.Of(plan.Quantizer) : null;
        if (quantizers is not null && reading.IsFine("space"))
        {
            CheckWidths(plan.Space, quantizers, reading);
        }

        var network = Describe(plan, quantizers, reading);
        var open = network is null || !reading.IsFine("space") ? null : Spaces.Of(network, plan.Space, SchedulePattern.Free, [], reading);
        var budgets = CheckBudgets(plan.Budget, open ?? Spaces.StandIn, reading);
        var others = CheckOthers(plan.Budget, open ?? Spaces.StandIn, reading);
        if (network is null || open is null || !reading.IsFine("arms") || !reading.IsFine("budget") || budgets.Count == 0)
        {
            return null;
        }

        var arms = Spaces.Arms(plan, network, [budgets[0].Budget, .. others.Select(o => o.Budget)], reading);
        if (arms.Count < plan.Arms.Count)
        {
            return null;
        }

        var known = arms.SelectMany(a => a.Space.HomogeneousWidths).Distinct().Order().ToList();
        if (plan.Baselines.Any(w => !known.Contains(w)))
        {
            reading.Wrong("baselines", $"no homogeneous schedule has {plan.Baselines.First(w => !known.Contains(w))} bits here", $"widths are {string.Join(", ", known)}");
            return null;
        }

        return new PlannedStudy(plan, text, Components.Datasets.Create(plan.Data.Name, "data.name"), quantizers!, arms)
        {
            Budget = budgets[0],
            FurtherBudgets = budgets.Skip(1).ToEquatableArray(),
            Others = others.ToEquatableArray(),
            Folder = reading.Folder,
        };
    }

    private static void CheckWeights(StudyPlan plan, PlanReading reading)
    {
        if (!reading.IsFine("network") || !reading.IsFine("training"))
        {
            return;
        }

        if (plan.Training.From != StartFrom.Scratch && plan.Network is { Weights: null, Baseline: null })
        {
            reading.Wrong("network", "training starts from full-precision weights, and none are given",
                "give network.weights (a file), network.baseline (a recipe), or training.from: scratch");
        }

        if (plan.Training.From == StartFrom.Scratch && plan.Network is { Weights: null, Baseline: null } && reading.IsFine("arms")
            && plan.Arms.FirstOrDefault(a => a.Proposer.Length > 0 && Components.Proposers.Create(a.Proposer, "arms").Needs.Count > 0) is { } measuring)
        {
            reading.Wrong("network", $"the proposer {measuring.Proposer} needs measurements of full-precision weights, and none are given",
                "give network.weights (a file) or network.baseline (a recipe)");
        }

        if (plan.Network.Baseline is { From: not StartFrom.Scratch })
        {
            reading.Wrong("network.baseline.from", "the baseline is where full-precision weights come from", "leave the key out");
        }

        if (plan.Network is { SawTraining: true, Weights: null })
        {
            reading.Wrong("network.sawTraining", "it is about a file of weights, and none is given", "give network.weights, or leave the key out");
        }
    }

    // An arm has a proposer and a number of trials, or a list of schedules.
    private static void CheckArms(StudyPlan plan, PlanReading reading)
    {
        if (!reading.IsFine("arms"))
        {
            return;
        }

        foreach (var (i, arm) in plan.Arms.Index())
        {
            foreach (var key in Chosen.Where(k => reading.Has($"arms[{i}].{k}") != (arm.Schedules.Count == 0) && reading.Has($"arms[{i}].name")))
            {
                reading.Wrong($"arms[{i}].{key}", arm.Schedules.Count == 0 ? "the key is missing" : "the schedules are given, so nothing is proposed",
                    arm.Schedules.Count == 0 ? "give proposer and trials, or schedules" : "leave the key out, or leave out schedules");
            }
        }
    }

    private static void CheckLadder(StudyPlan plan, PlanReading reading)
    {
        if (!reading.IsFine("training") || !reading.IsFine("shared") || !reading.IsFine("ladder"))
        {
            return;
        }

        if (plan.Training.From == StartFrom.Shared != plan.Shared is not null)
        {
            reading.Wrong(
                plan.Shared is null ? "training.from" : "shared",
                plan.Shared is null ? "there are no shared weights to start from" : "nothing starts from the shared weights",
                plan.Shared is null ? "say how they are trained: shared: { recipe: { steps: 200 } }" : "say training.from: shared, or leave the key out");
        }

        if (plan.Shared is { Recipe.From: not StartFrom.FloatWeights })
        {
            reading.Wrong("shared.recipe.from", "shared weights start from full-precision weights", "leave the key out");
        }

        var rungs = plan.Ladder?.Rungs ?? [];
        for (var i = 0; i < rungs.Count; i++)
        {
            if (i > 0 && (rungs[i].Kind, rungs[i].Steps).CompareTo((rungs[i - 1].Kind, rungs[i - 1].Steps)) <= 0)
            {
                reading.Wrong($"ladder.rungs[{i}]", $"{rungs[i]} comes after {rungs[i - 1]}", "climb from proxy over start to more and more steps");
            }

            if (rungs[i].Kind == RungKind.Steps && rungs[i].Steps >= plan.Training.Steps)
            {
                reading.Wrong($"ladder.rungs[{i}]", $"{rungs[i]} is not before the end", $"training takes {plan.Training.Steps} steps (training.steps)");
            }
        }
    }

    private static NetworkDescription? Describe(StudyPlan plan, QuantizerPair? quantizers, PlanReading reading)
    {
        if (quantizers is null || !reading.IsFine("data") || !reading.IsFine("network"))
        {
            return null;
        }

        var dataset = Components.Datasets.Create(plan.Data.Name, "data.name");
        try
        {
            var factory = NetworkFactory.Catalog.Create(plan.Network.Name, "network.name");
            return quantizers.Describe(factory.Describe(NetworkSpec.Of(plan.Network, dataset.Shape, dataset.ClassCount)));
        }
        catch (PlanException e)
        {
            reading.Wrong(e.Problems.Select(p => p with { Place = "network" }));
            return null;
        }
    }

    private static void CheckWidths(SpaceRules space, QuantizerPair quantizers, PlanReading reading)
    {
        Each("space.widths", space.Widths, PointKind.Weight);
        if (space.Activations.Tied)
        {
            Each("space.widths", space.Widths, PointKind.Activation);
        }

        Each("space.activations.widths", space.Activations.Widths, PointKind.Activation);
        One("space.activations", space.Activations.Fixed, PointKind.Activation);
        One("space.first.pinned", space.First?.Pinned, PointKind.Weight);
        One("space.last.pinned", space.Last?.Pinned, PointKind.Weight);
        One("space.projections.pinned", space.Projections?.Pinned, PointKind.Weight);
        for (var i = 0; i < space.Overrides.Count; i++)
        {
            Each($"space.overrides[{i}].widths", space.Overrides[i].Widths,
                space.Overrides[i].Match.EndsWith(".input", StringComparison.Ordinal) ? PointKind.Activation : PointKind.Weight);
        }

        void Each(string path, EquatableArray<Bitwidth> widths, PointKind kind)
        {
            foreach (var width in widths)
            {
                One(path, width, kind);
            }
        }

        void One(string path, Bitwidth? width, PointKind kind)
        {
            var family = kind == PointKind.Weight ? quantizers.Weights : quantizers.Activations;
            if (width is { } w && !family.Supports(kind, w))
            {
                reading.Wrong(path, $"the quantizer {family.Name} has no {w} bits for {(kind == PointKind.Weight ? "weights" : "activations")}",
                    family.Offer(kind) is { } widths ? $"it has {widths}, and full precision (32)" : "it has full precision (32) alone: choose another quantizer");
            }
        }
    }

    private static List<NamedBudget> CheckBudgets(BudgetPlan plan, SearchSpace space, PlanReading reading)
    {
        if (!reading.IsFine("budget"))
        {
            return [];
        }

        var problems = new List<Problem>();
        var place = reading.Has("budget.limit") ? "budget.limit" : "budget";
        var budgets = plan.Report.Select((text, i) => (Text: text, Place: $"budget.report[{i}]")).Prepend((plan.Limit, place))
            .Select(b => BudgetText.Resolve(b.Item1, plan.Of, space, b.Item2, problems) is { } budget ? new NamedBudget(b.Item1, budget) : null)
            .OfType<NamedBudget>().ToList();
        reading.Wrong(problems);
        return problems.Count == 0 ? budgets : [];
    }

    private static List<NamedBudget> CheckOthers(BudgetPlan plan, SearchSpace space, PlanReading reading)
    {
        if (!reading.IsFine("budget"))
        {
            return [];
        }

        var problems = new List<Problem>();
        var others = plan.Others()
            .Select(o => BudgetText.Resolve(o.Text, o.Of, space, $"budget.{o.Key}", problems) is { } budget ? new NamedBudget(o.Text, budget) : null)
            .OfType<NamedBudget>().ToList();
        reading.Wrong(problems);
        return others;
    }
}
