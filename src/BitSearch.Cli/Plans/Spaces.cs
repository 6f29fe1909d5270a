using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Cli.Plans;

/// <summary>The search spaces that a plan means.</summary>
internal static class Spaces
{
    /// <summary>A space that stands in where the plan's own cannot be built, to find out whether budgets are written well.</summary>
    public static SearchSpace StandIn { get; } = new(
        new NetworkDescription("stand-in", [1, 1, 1], 2, 1, [new QuantizationPoint("layer.weight", "layer", 0, PointKind.Weight, [1000, 1000], 1)], []),
        SchedulePattern.Free,
        []);

    /// <summary>A space; null, and its mistakes noted, if there is none.</summary>
    public static SearchSpace? Of(NetworkDescription network, SpaceRules rules, SchedulePattern pattern, EquatableArray<Budget> budgets, PlanReading reading)
    {
        try
        {
            return SearchSpace.Of(network, rules, pattern, budgets);
        }
        catch (PlanException e)
        {
            reading.Wrong(e.Problems);
            return null;
        }
    }

    /// <summary>The arms; those whose space has a mistake or holds nothing are missing, and noted.</summary>
    public static EquatableArray<StudyArm> Arms(StudyPlan plan, NetworkDescription network, Budget budget, PlanReading reading)
    {
        var arms = new List<StudyArm>();
        for (var i = 0; i < plan.Arms.Count; i++)
        {
            var arm = plan.Arms[i];
            if (Of(network, plan.Space, arm.Pattern, [budget], reading) is not { } space)
            {
                continue;
            }

            if (space.WhyEmpty(reading.Has("budget.limit") ? "budget.limit" : "budget") is { } empty)
            {
                reading.Wrong([empty with { Right = $"{empty.Right}; choose a budget of at least {space.Smallest(budget.Of).Footprint.Bytes} bytes" }]);
                continue;
            }

            arms.Add(new StudyArm(arm.Name, space, Components.Proposers.Create(arm.Proposer, $"arms[{i}].proposer"), arm.Trials) { Repair = arm.Repair });
        }

        return arms.ToEquatableArray();
    }
}
