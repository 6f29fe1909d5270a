using System.Globalization;
using System.Text.Json.Nodes;
using BitSearch.Space;

namespace BitSearch.Cli.Plans;

/// <summary>How <see cref="SpaceRules"/> are written in plans.</summary>
internal static class SpaceShape
{
    private static readonly ScalarShape<Bitwidth> Width = new(
        $"a width from 1 to {Bitwidth.Maximum} bits",
        (PlanNode.Scalar s, PlanReading _, out Bitwidth value) => Bitwidth.TryParse(s.Text, out value) && !s.Quoted,
        width => width.ToString(),
        () => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = Bitwidth.Maximum });

    private static readonly ListShape<Bitwidth> Widths =
        new("a list of widths, such as [2, 4, 8]", Width, least: 1, key: w => w.ToString()) { Order = widths => widths.Order() };

    private static readonly EitherShape<ActivationRule> Activations = new(
        new ScalarShape<ActivationRule>(
            "a width for all, tied",
            (PlanNode.Scalar s, PlanReading _, out ActivationRule value) =>
            {
                var isWidth = Bitwidth.TryParse(s.Text, out var width);
                value = isWidth ? new ActivationRule(width) : new ActivationRule(Tied: true);
                return !s.Quoted && (isWidth || s.Text == "tied");
            },
            rule => rule.Tied ? "tied" : $"{rule.Fixed}",
            () => new JsonObject { ["anyOf"] = new JsonArray(Width.Schema(), new JsonObject { ["const"] = "tied" }) }),
        new MapShape<ActivationRule>(
            "{ widths: [4, 8] } to search them",
            new ActivationRule(),
            new Field<ActivationRule, EquatableArray<Bitwidth>>(
                "widths", "The widths that are searched.", Widths, a => a.Widths, (a, v) => a with { Widths = v })
            { IsRequired = true }),
        rule => rule.Widths.Count == 0);

    private static readonly ScalarShape<SchedulePattern> Pattern = Shapes.Choice([.. Enum.GetValues<SchedulePattern>().Select(p => (p.Name(), p))]);

    private static readonly ListShape<string> Tie =
        new("names or globs of layers, such as [layer2.0.*, layer2.1.*]", Shapes.Words("a layer's name or glob"), least: 1, key: m => m);

    private static readonly MapShape<WidthOverride> Override = new(
        "an override: match and widths",
        new WidthOverride("", []),
        new Field<WidthOverride, string>(
            "match", "A layer's name, or a point's, or a glob with * and ?.", Shapes.Words("a name or glob, such as layer3.*"),
            o => o.Match, (o, v) => o with { Match = v })
        { IsRequired = true },
        new Field<WidthOverride, EquatableArray<Bitwidth>>(
            "widths", "The widths allowed there.", Widths, o => o.Widths, (o, v) => o with { Widths = v })
        { IsRequired = true },
        new Field<WidthOverride, EquatableArray<SchedulePattern>>(
            "patterns", "The patterns under which it holds; all by default.",
            new ListShape<SchedulePattern>("a list of patterns", Pattern, least: 1, key: p => p.Name()), o => o.Patterns, (o, v) => o with { Patterns = v }));

    /// <summary>A list of widths.</summary>
    public static ListShape<Bitwidth> ListOfWidths => Widths;

    /// <summary>The patterns.</summary>
    public static ScalarShape<SchedulePattern> Patterns => Pattern;

    /// <summary>The rules.</summary>
    public static MapShape<SpaceRules> Rules { get; } = new(
        "what is searched: widths, and exceptions",
        new SpaceRules([]),
        new Field<SpaceRules, EquatableArray<Bitwidth>>(
            "widths", "The widths of weights that are searched, in bits; 32 is full precision.", Widths, s => s.Widths, (s, v) => s with { Widths = v })
        { IsRequired = true },
        new Field<SpaceRules, ActivationRule>(
            "activations", "Activations: one width for all (32 by default), widths to search, or tied to their layer's weights.",
            Activations, s => s.Activations, (s, v) => s with { Activations = v }),
        Role("first", "The layer that reads the image; like any other by default.", tied: false, s => s.First, (s, v) => s with { First = v }),
        Role("last", "The classifier; like any other by default.", tied: false, s => s.Last, (s, v) => s with { Last = v }),
        Role("projections", "1x1 shortcut convolutions; like any other by default.", tied: true, s => s.Projections, (s, v) => s with { Projections = v }),
        new Field<SpaceRules, EquatableArray<EquatableArray<string>>>(
            "ties", "Layers that take one width; a list of names or globs for each tie.",
            new ListShape<EquatableArray<string>>("a list of ties, such as [[layer1.*], [layer2.0.*, layer2.1.*]]", Tie, key: t => string.Join(' ', t)),
            s => s.Ties, (s, v) => s with { Ties = v }),
        new Field<SpaceRules, EquatableArray<WidthOverride>>(
            "overrides", "Other widths for some layers; where several match, the last one holds.",
            new ListShape<WidthOverride>("a list of overrides", Override, key: Key) { KeyName = ".match" },
            s => s.Overrides, (s, v) => s with { Overrides = v }));

    // The same name under other patterns is another override.
    private static string Key(WidthOverride rule) =>
        rule.Patterns.Count == 0 ? rule.Match : string.Create(CultureInfo.InvariantCulture, $"{rule.Match} ({string.Join(", ", rule.Patterns.Order())})");

    private static Field<SpaceRules, RoleRule> Role(
        string name, string description, bool tied, Func<SpaceRules, RoleRule?> get, Func<SpaceRules, RoleRule, SpaceRules> set)
    {
        var words = tied
            ? Shapes.Choice(("free", new RoleRule(Free: true)), ("tied", new RoleRule(Tied: true)))
            : Shapes.Choice(("free", new RoleRule(Free: true)));
        var group = new MapShape<RoleRule>(
            "{ pinned: 8 } or { floor: 4 }",
            new RoleRule(),
            new Field<RoleRule, Bitwidth?>("pinned", "Exactly this width, exempt from the pattern.", new OptionalShape<Bitwidth>(Width), r => r.Pinned, (r, v) => r with { Pinned = v }),
            new Field<RoleRule, Bitwidth?>("floor", "At least this width, exempt from the pattern.", new OptionalShape<Bitwidth>(Width), r => r.Floor, (r, v) => r with { Floor = v }))
        {
            OneKey = true,
        };
        return new Field<SpaceRules, RoleRule>(name, description, new EitherShape<RoleRule>(words, group, r => r.Free || r.Tied), get, set);
    }
}
