using System.Globalization;
using System.Text.Json;
using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>One layer of a table's file. Sensitivity at b bits is <c>trace</c> times <c>dw{b}_sq</c>, or <c>sensitivity_int{b}</c>.</summary>
internal sealed class LayerReading
{
    private const string Before = "dw", After = "_sq", Direct = "sensitivity_int";
    private const long Picoseconds = 1_000_000_000;
    private const double MostElements = 1L << 52; // Doubles hold every whole number up to here.

    private readonly JsonElement _layer;
    private readonly string _place;
    private readonly string _name;
    private readonly ICollection<Problem> _problems;

    public LayerReading(JsonElement layer, int index, string place, ICollection<Problem> problems)
    {
        (_layer, _problems) = (layer.ValueKind == JsonValueKind.Object ? layer : default, problems);
        _name = Text("name") ?? string.Create(CultureInfo.InvariantCulture, $"layer{index}");
        _place = $"{place}: layers[{index}]{(Text("name") is { } name ? $" ({name})" : "")}";
        if (layer.ValueKind != JsonValueKind.Object)
        {
            Wrong("it is no object", "an object with params, macs, trace, dw8_sq and so on (docs/solver.md)");
        }
    }

    /// <summary>The widths that the layer tells the sensitivity of; none if it has <c>widths</c> of its own.</summary>
    public IReadOnlyList<int> Widths => Fields().Contains("widths") ? [] : [.. Fields().Select(f => WidthIn(f, Before, After) ?? WidthIn(f, Direct, "")).OfType<int>().Distinct().Order()];

    /// <summary>Whether the layer knows anything of a cost.</summary>
    public bool Has(string measure) => Fields().Any(f => measure switch
    {
        "size" => f == "params",
        "bops" => f == "macs",
        _ => f.StartsWith($"{measure}_int", StringComparison.Ordinal),
    });

    /// <summary>The layer as a point; mistakes are noted.</summary>
    /// <param name="all">The widths of a layer without <c>widths</c>.</param>
    /// <param name="measures">What is counted.</param>
    public SensitivityPoint Point(IReadOnlyList<int> all, IReadOnlyList<CostMeasure> measures)
    {
        var options = (OwnWidths() ?? all).Select(bits => new WidthOption(
            new Bitwidth(bits), Sensitivity(bits), measures.Select(m => Cost(m, bits)).ToEquatableArray()));
        return new SensitivityPoint(_name, Kind(), options.ToEquatableArray()) { FollowsPattern = FollowsPattern(), Elements = Fields().Contains("params") ? Count("params", 1) : 0 };
    }

    private List<int>? OwnWidths()
    {
        if (!Fields().Contains("widths"))
        {
            return null;
        }

        var widths = _layer.GetProperty("widths");
        var bits = widths.ValueKind == JsonValueKind.Array
            ? widths.EnumerateArray().Select(w => w.ValueKind == JsonValueKind.Number && w.TryGetInt32(out var b) ? b : 0).ToList()
            : [];
        if (bits.Count > 0 && bits.TrueForAll(b => b is >= 1 and <= Bitwidth.Maximum))
        {
            return bits;
        }

        Wrong($"its widths are {widths.GetRawText()}", $"a list of whole numbers from 1 to {Bitwidth.Maximum}");
        return [];
    }

    private PointKind Kind()
    {
        switch (Text("kind") ?? (Fields().Contains("kind") ? _layer.GetProperty("kind").GetRawText() : "weights"))
        {
            case "weights":
                return PointKind.Weight;
            case "activations":
                return PointKind.Activation;
            case var other:
                Wrong($"its kind is '{other}'", "weights or activations");
                return PointKind.Weight;
        }
    }

    private bool FollowsPattern()
    {
        if (Fields().Contains("pattern") && Text("pattern") != "free")
        {
            Wrong($"its pattern is {_layer.GetProperty("pattern").GetRawText()}", "free, or no such field: the pattern is the command's");
        }

        return !Fields().Contains("pattern");
    }

    private double Sensitivity(int bits) => Fields().Any(f => f.StartsWith(Direct, StringComparison.Ordinal))
        ? Number(FormattableString.Invariant($"{Direct}{bits}")) ?? 0
        : (Number("trace") ?? 0) * (Number(FormattableString.Invariant($"{Before}{bits}{After}")) ?? 0);

    private long Cost(CostMeasure measure, int bits) => measure.Name switch
    {
        "size" => Count("params", bits),
        "bops" => Count("macs", (long)bits * bits),
        "latency" => Amount(FormattableString.Invariant($"latency_int{bits}_ms"), Picoseconds),
        _ => Amount(FormattableString.Invariant($"{measure.Name}_int{bits}"), measure.CountsPerUnit),
    };

    private long Count(string field, long each)
    {
        if (Number(field) is not { } number)
        {
            return 0;
        }

        if (number >= 0 && number <= MostElements && number == Math.Floor(number))
        {
            return (long)number * each;
        }

        Wrong(FormattableString.Invariant($"{field} is {number}"), "a whole number from 0");
        return 0;
    }

    private long Amount(string field, long each)
    {
        if (Number(field) is not { } number)
        {
            return 0;
        }

        if (number >= 0 && number * each <= MostElements)
        {
            return (long)Math.Round(number * each);
        }

        Wrong(FormattableString.Invariant($"{field} is {number}"), FormattableString.Invariant($"0 to {Math.Floor(MostElements / each)}"));
        return 0;
    }

    private double? Number(string field)
    {
        var there = Fields().Contains(field);
        var value = there ? _layer.GetProperty(field) : default;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        if (_layer.ValueKind == JsonValueKind.Object)
        {
            Wrong(there ? $"{field} is {value.GetRawText().Trim('"')}" : $"{field} is missing", "a finite number");
        }

        return null;
    }

    private string? Text(string field) =>
        Fields().Contains(field) && _layer.GetProperty(field) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private IEnumerable<string> Fields() => _layer.ValueKind == JsonValueKind.Object ? _layer.EnumerateObject().Select(p => p.Name) : [];

    private void Wrong(string wrong, string right)
    {
        var problem = new Problem(_place, wrong, right);
        if (!_problems.Contains(problem))
        {
            _problems.Add(problem);
        }
    }

    private static int? WidthIn(string field, string before, string after) =>
        field.Length > before.Length + after.Length
        && field.StartsWith(before, StringComparison.Ordinal) && field.EndsWith(after, StringComparison.Ordinal)
        && Bitwidth.TryParse(field.AsSpan(before.Length, field.Length - before.Length - after.Length), out var width) ? width.Bits : null;
}
