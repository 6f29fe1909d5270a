using System.Text.Json.Nodes;
using BitSearch.Statistics;

namespace BitSearch.Reports;

/// <summary>The parts of <c>report.json</c> that repeats make possible.</summary>
internal static class ReplicatedJson
{
    public static JsonObject Of(ReplicatedReport report) => new()
    {
        ["repeats"] = report.Repeats,
        ["optimism"] = Mean(report.Optimism),
        ["schedules"] = new JsonArray([.. report.Schedules.Select(s => Schedule(report, s))]),
        ["ribbon"] = new JsonArray([.. report.Ribbon.Select(Step)]),
    };

    public static JsonObject Gap(SelectionGap gap) => new()
    {
        ["trial"] = gap.Schedule.Trial,
        ["gap"] = Mean(gap.Gap),
        ["beyondFullPrecision"] = Mean(gap.BeyondFull),
    };

    private static JsonObject Schedule(ReplicatedReport report, ReplicatedSchedule schedule) => new()
    {
        ["trial"] = schedule.Schedule.Trial,
        ["low"] = schedule.Fact.Low,
        ["high"] = schedule.Fact.High,
        ["onFront"] = schedule.Fact.OnFront,
        ["dominated"] = schedule.Fact.Dominated,
        ["dominatedBy"] = DominatedBy(report, schedule.Fact),
    };

    // Those alone that ever dominate it: trial number to probability.
    private static JsonObject DominatedBy(ReplicatedReport report, ReplicatedFact fact) => new(report.Schedules.Zip(fact.DominatedBy)
        .Where(d => d.Second > 0).Select(d => KeyValuePair.Create<string, JsonNode?>($"{d.First.Schedule.Trial}", d.Second)));

    private static JsonObject Step(RibbonStep step) => new()
    {
        ["bytes"] = (long)step.Size / 8,
        ["median"] = step.Median,
        ["low"] = step.Low,
        ["high"] = step.High,
    };

    private static JsonObject? Mean(BootstrapInterval? interval) =>
        interval is { } i ? new JsonObject { ["mean"] = i.Estimate, ["low"] = i.Low, ["high"] = i.High } : null;
}
