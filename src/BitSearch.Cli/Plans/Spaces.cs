using System.Globalization;
using BitSearch.Search;
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
    public static SearchSpace? Of(NetworkDescription network, SpaceRules rules, SchedulePattern pattern, EquatableArray<Budget> budgets, PlanReading reading, Schedule? shuffles = null, string place = "space")
    {
        try
        {
            return SearchSpace.Of(network, rules, pattern, budgets, shuffles);
        }
        catch (PlanException e)
        {
            reading.Wrong(e.Problems.Select(p => p.Place is "pattern" or "shuffles" ? p with { Place = $"{place}.{p.Place}" } : p));
            return null;
        }
    }

    /// <summary>The arms; those whose space has a mistake or holds nothing are missing, and noted.</summary>
    public static EquatableArray<StudyArm> Arms(StudyPlan plan, NetworkDescription network, EquatableArray<Budget> budgets, PlanReading reading)
    {
        var arms = new List<StudyArm>();
        for (var i = 0; i < plan.Arms.Count; i++)
        {
            var arm = plan.Arms[i];
            var shuffles = arm.Shuffles is null ? null : Schedule.Parse(arm.Shuffles);
            if (Of(network, plan.Space, arm.Pattern, budgets, reading, shuffles, $"arms[{i}]") is not { } space)
            {
                continue;
            }

            if (space.WhyEmpty(Place) is { } empty)
            {
                var least = string.Create(CultureInfo.InvariantCulture, $"{empty.Right}; choose a budget of at least {space.Smallest(budgets[0].Of).Footprint.Bytes} bytes");
                reading.Wrong([budgets.Count == 1 ? empty with { Right = least } : empty]);
                continue;
            }

            if (Proposer(arm, space, reading, $"arms[{i}]") is { } proposer)
            {
                arms.Add(new StudyArm(arm.Name, space, proposer, arm.Trials) { Repair = arm.Repair });
            }
        }

        return arms.ToEquatableArray();

        string Place(Budget? budget) => plan.Budget.Others().FirstOrDefault(o => o.Of == budget?.Of).Key is { } key ? $"budget.{key}"
            : budget is not null && reading.Has("budget.limit") ? "budget.limit" : "budget";
    }

    private static IProposer? Proposer(ArmPlan arm, SearchSpace space, PlanReading reading, string place)
    {
        if (arm.Schedules.Count == 0)
        {
            return Components.Proposers.Create(arm.Proposer, $"{place}.proposer");
        }

        var schedules = new List<Schedule>();
        foreach (var (i, text) in arm.Schedules.Index())
        {
            var schedule = ScheduleText.Read(space.Network, text);
            if (schedule is null || space.WhyNot(schedule) is not null)
            {
                reading.Wrong(
                    $"{place}.schedules[{i}]",
                    schedule is null ? $"{text} is no schedule of {space.Network.Name}" : $"{text} is outside the arm's space: {space.WhyNot(schedule)}",
                    schedule is null ? FormattableString.Invariant($"a width for each of its {space.Network.WeightPoints.Count()} weights along depth, such as 8-4-2-1x5; for every point where activations are searched apart") : "a schedule inside, or another space");
            }
            else
            {
                schedules.Add(schedule);
            }
        }

        return schedules.Count == arm.Schedules.Count ? new GivenProposer([.. schedules]) : null;
    }
}
