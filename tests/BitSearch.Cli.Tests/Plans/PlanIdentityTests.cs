using System.Collections;
using System.Reflection;
using BitSearch.Cli.Plans;
using BitSearch.Space;
using BitSearch.Study;

namespace BitSearch.Cli.Tests.Plans;

public sealed class PlanIdentityTests
{
    // Where files lie decides nothing; what is in them is added by who reads them.
    private static readonly string[] LeftOut = ["data.folder", "network.weights"];

    [Fact]
    public void Every_property_of_a_plan_is_in_its_identity_but_where_files_lie()
    {
        StudyPlan[] plans = [SamplePlan.Parse(SamplePlan.Text).Plan, SamplePlan.Parse(SamplePlan.With("activations: { widths: [4, 8] }", "activations: 8")).Plan];

        var changes = plans.SelectMany(plan => Changes(plan, "").Select(c => (c.Path, Counts: Identity((StudyPlan)c.Changed) is { } other && other != Identity(plan))))
            .ToLookup(c => c.Path, c => c.Counts);

        Assert.True(changes.Count > 60, $"only {changes.Count} properties were found");
        Assert.Equal(LeftOut, changes.Where(c => !c.Contains(true) && !IsFlagBesideAnotherRule(c.Key)).Select(c => c.Key).Order());
    }

    // A field that is new here stands in no study begun before: give it to them in StoreSchema.Upgrades, then add it here.
    [Fact]
    public void The_fields_that_a_plan_has_without_giving_them_are_those_that_the_store_s_upgrades_know()
    {
        const string Least =
            """
            study: least
            data: { name: digits }
            network: { name: lenet5 }
            training: { from: scratch }
            space: { widths: [2, 4] }
            arms: [{ name: a, pattern: free, proposer: random, trials: 1 }]
            """;

        Assert.Equal(
            [
                "study", "seed", "data.name", "network.name", "network.width", "network.sawTraining",
                "quantizer.weights", "quantizer.activations", "quantizer.perChannel",
                "space.widths", "space.activations",
                "budget.limit", "budget.of", "budget.report",
                "training.from", "training.optimizer", "training.learningRate", "training.schedule", "training.momentum",
                "training.weightDecay", "training.epochs", "training.batch", "training.labelSmoothing", "training.reestimateBatchNorm",
                "training.calibrationBatches", "training.flip", "training.crop",
                "arms[0].name", "arms[0].pattern", "arms[0].proposer", "arms[0].trials", "arms[0].repair",
                "baselines", "repeats", "finalists",
            ],
            SamplePlan.Parse(Least).Fields.Keys);
    }

    [Fact]
    public void Each_rule_for_a_role_has_an_identity_of_its_own()
    {
        RoleRule?[] rules = [null, new(Free: true), new(Pinned: new Bitwidth(8)), new(Pinned: new Bitwidth(4)), new(Floor: new Bitwidth(4))];
        var plan = SamplePlan.Parse(SamplePlan.Text).Plan;

        var identities = rules.Select(rule => Identity(plan with { Space = plan.Space with { Last = rule } }));

        Assert.Equal(rules.Length, identities.OfType<string>().Distinct().Count());
    }

    // A rule is one of pinned, floor, free and tied, and a rung is a word or has steps: no file can say two, so the second has
    // no identity.
    private static bool IsFlagBesideAnotherRule(string path) =>
        path.EndsWith(".free", StringComparison.Ordinal) || path.EndsWith(".tied", StringComparison.Ordinal)
        || path.StartsWith("ladder.rungs[", StringComparison.Ordinal);

    // Null for what no file can say, such as an unknown name.
    private static string? Identity(StudyPlan plan)
    {
        var fields = new OrderedDictionary<string, string>();
        try
        {
            PlanShape.Plan.Flatten("", plan, fields);
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        return string.Concat(fields.Select(f => $"{f.Key}={f.Value}\n"));
    }

    /// <summary>The record with one property in it changed, at any depth: once or more for each.</summary>
    private static IEnumerable<(string Path, object Changed)> Changes(object record, string path)
    {
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var place = path + char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            foreach (var (inner, value) in Others(property.GetValue(record), property.PropertyType, place))
            {
                var clone = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
                property.SetValue(clone, value);
                yield return (inner, clone);
            }
        }
    }

    private static IEnumerable<(string Path, object Value)> Others(object? value, Type type, string place) => value switch
    {
        null => Simple(Some(Nullable.GetUnderlyingType(type) ?? type)).Select(v => (place, v)),
        bool or int or ulong or double or string or Enum or Bitwidth => Simple(value).Select(v => (place, v)),
        IEnumerable items => OtherLists(items, type, place),
        _ => Changes(value, place + "."),
    };

    private static object Some(Type type) =>
        type == typeof(string) ? "" : type == typeof(RoleRule) ? new RoleRule() : Activator.CreateInstance(type)!;

    // Of words some are names that a plan may hold in this place.
    private static IEnumerable<object> Simple(object value) => value switch
    {
        bool flag => [!flag],
        int number => [number + 1],
        ulong number => [number + 1],
        double number => [number + 0.25],
        string text => [text + "x", "digits", "lenet5", "none", "random", "exhaustive"],
        Bitwidth width => [new Bitwidth(width.Bits == 5 ? 6 : 5)],
        Enum word => Enum.GetValues(word.GetType()).Cast<object>().Where(w => !w.Equals(word)),
        RoleRule => [new RoleRule(Free: true)],
        EquatableArray<string> => [(EquatableArray<string>)["*"]],
        _ => throw new ArgumentException($"a value of {value.GetType()} is new here", nameof(value)),
    };

    // Each item changed, and the list without its first item.
    private static IEnumerable<(string Path, object Value)> OtherLists(IEnumerable list, Type type, string place)
    {
        object[] items = [.. list.Cast<object>()];
        var element = type.GetGenericArguments()[0];
        return items.Length == 0
            ? Simple(Some(element)).Select(v => (place, List(element, [v])))
            : items
                .SelectMany((item, i) => Others(item, element, $"{place}[{i}]").Select(o => (o.Path, List(element, [.. items[..i], o.Value, .. items[(i + 1)..]]))))
                .Append((place, List(element, items[1..])));
    }

    private static object List(Type element, object[] items)
    {
        var typed = typeof(Enumerable).GetMethod(nameof(Enumerable.Cast))!.MakeGenericMethod(element).Invoke(null, [items])!;
        return typeof(EquatableArray).GetMethod(nameof(EquatableArray.ToEquatableArray))!.MakeGenericMethod(element).Invoke(null, [typed])!;
    }
}
