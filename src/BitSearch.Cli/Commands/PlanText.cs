using System.Globalization;
using System.Numerics;
using BitSearch.Cli.Plans;
using BitSearch.Cli.Studies;
using BitSearch.Reports;
using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Cli.Commands;

/// <summary>What a plan comes to, for people and for scripts.</summary>
internal static class PlanText
{
    /// <summary>One arm's numbers.</summary>
    internal sealed record ArmNumbers(string Name, string Pattern, string Proposer, int Trials, string WithinBudget, string Unlimited, long SmallestBytes, long LargestBytes, long FullestBytes);

    /// <summary>All numbers of a plan.</summary>
    internal sealed record Numbers(
        string Study, string Network, int Points, long WeightElements, long FullPrecisionBytes, string Budget, string BudgetOf, long? BudgetBytes, int Baselines, long Trials, double? SecondsPerTrial, IReadOnlyList<string> Measures, IReadOnlyList<ArmNumbers> Arms)
    {
        /// <summary>The limits besides the memory budget.</summary>
        public required IReadOnlyList<OtherLimit> Others { get; init; }
    }

    /// <summary>A limit besides the memory budget, and what all arms together can reach, budgets aside: bits, or bit operations.</summary>
    internal sealed record OtherLimit(string Of, string Text, long Most, long Smallest, long Largest);

    /// <summary>Computes the numbers; counting takes up to seconds on large spaces.</summary>
    public static Numbers Of(PlannedStudy design)
    {
        var of = design.Plan.Budget.Of;
        var full = design.Arms[0].Space.Footprint(Schedule.Homogeneous(design.Network.Points.Count, Bitwidth.Full), of);
        var baselines = design.Baselines.Count;
        return new Numbers(
            design.Plan.Name,
            design.Network.Name,
            design.Network.Points.Count,
            design.Network.WeightElements,
            full.Bytes,
            design.Budget.Text,
            of.ToString().ToLowerInvariant(),
            design.Budget.IsLimited ? design.Budget.Budget.Limit.Bits / 8 : null,
            baselines,
            (baselines + design.Arms.Sum(a => (long)BigInteger.Min(a.Trials, a.Space.Count()))) * design.Plan.Repeats,
            TrialTime.Estimate(design),
            StudyMeasurements.NeededBy(design),
            [.. design.Arms.Zip(design.Plan.Arms, (arm, plan) => Arm(arm, plan, of))])
        {
            Others = [.. design.Others.Select(o => Other(design, o))],
        };
    }

    /// <summary>Prints the plan's essence: the network, the budget in exact bytes, the arms.</summary>
    public static void Print(PlannedStudy design)
    {
        var numbers = Of(design);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"study {numbers.Study}: {numbers.Network}, {design.Network.WeightPoints.Count()} layers, {numbers.WeightElements:N0} weights, {numbers.FullPrecisionBytes:N0} bytes at full precision"));
        var size = numbers.BudgetBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" = {bytes:N0} bytes of the {numbers.BudgetOf}") : "";
        Console.WriteLine($"budget {numbers.Budget}{size}");
        foreach (var (other, limit) in numbers.Others.Zip(design.Others))
        {
            string Text(long amount) => limit.Budget.Of.Text(amount, design.Network);
            Console.WriteLine($"{other.Of} at most {other.Text}{(limit.IsLimited ? $" = {Text(other.Most)}" : "")} (reachable {Text(other.Smallest)} to {Text(other.Largest)})");
        }

        foreach (var arm in numbers.Arms)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"arm {arm.Name}: {arm.Trials} of {arm.WithinBudget} {arm.Pattern} schedules by {arm.Proposer} ({arm.Unlimited} without the budget; reachable {arm.SmallestBytes:N0} to {arm.LargestBytes:N0} bytes, nearest to the budget {arm.FullestBytes:N0})"));
        }

        if (numbers.Measures.Count > 0)
        {
            Console.WriteLine($"measured before the study, unless it was before: {string.Join(", ", numbers.Measures)}");
        }

        Console.WriteLine($"{numbers.Baselines} homogeneous baselines; {numbers.Trials} trials in all");
    }

    private static OtherLimit Other(PlannedStudy design, NamedBudget limit) => new(
        limit.Budget.Of.Name(),
        limit.Text,
        limit.Budget.Most,
        design.Arms.Min(a => a.Space.Smallest(limit.Budget.Of).Amount),
        design.Arms.Max(a => a.Space.Largest(limit.Budget.Of).Amount));

    private static ArmNumbers Arm(StudyArm arm, ArmPlan plan, BudgetMeasure of) => new(
        arm.Name,
        arm.Space.Pattern.Name(),
        plan.Schedules.Count > 0 ? "the plan itself" : plan.Proposer,
        arm.Trials,
        Count(arm.Space.Count()),
        Count(arm.Space.CountUnlimited()),
        arm.Space.Smallest(of).Footprint.Bytes,
        arm.Space.Largest(of).Footprint.Bytes,
        arm.Space.Fullest(of)!.Footprint.Bytes);

    // Exact, with thousands separated.
    private static string Count(BigInteger count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
