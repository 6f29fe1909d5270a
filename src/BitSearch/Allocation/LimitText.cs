using System.Globalization;
using BitSearch.Space;

namespace BitSearch.Allocation;

/// <summary>Reads limits as people write them: <c>size=0.5</c>, <c>size=6.65MiB</c>, <c>bops=47GBOPs</c>, <c>latency=3.7ms</c>.</summary>
public static class LimitText
{
    private static readonly Dictionary<string, (string Unit, decimal Counts)[]> Units = new(StringComparer.Ordinal)
    {
        ["size"] = [("bytes", 8), ("B", 8), ("KiB", 1L << 13), ("MiB", 1L << 23), ("GiB", 1L << 33)],
        ["bops"] = [("BOPs", 1), ("MBOPs", 1e6m), ("GBOPs", 1e9m), ("TBOPs", 1e12m)],
        ["latency"] = [("ns", 1e3m), ("us", 1e6m), ("ms", 1e9m), ("s", 1e12m)],
    };

    /// <summary>
    /// The limit that a text means. An amount has a unit. A number without one is the share f, 0 to 1, of the way from all
    /// layers at their fewest bits to all at their most: <c>cost_fewest + f (cost_most - cost_fewest)</c>, as in HAWQ-V3
    /// (Yao et al. 2021), rounded down to a whole count.
    /// </summary>
    /// <param name="text"><c>COST=AMOUNT</c>.</param>
    /// <param name="table">The table that has the cost.</param>
    /// <param name="place">Where it was written, for the message.</param>
    /// <exception cref="PlanException">The text is no limit, or the table has no such cost.</exception>
    public static CostLimit Resolve(string text, SensitivityTable table, string place)
    {
        var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length < 2)
        {
            throw new PlanException(place, $"'{text}' is no limit", $"COST=AMOUNT, such as {table.Measures.Select(m => m.Name).FirstOrDefault("size")}=0.5");
        }

        var measure = MeasureOf(parts[0], table, place);
        return new CostLimit(measure, Counts(parts[1], table, measure)
            ?? throw new PlanException(place, $"'{parts[1]}' is no amount of {parts[0]}", Right(table.Measures[measure])));
    }

    /// <summary>The place of a cost in the table's measures.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="table">The table that has the cost.</param>
    /// <param name="place">Where it was written, for the message.</param>
    /// <exception cref="PlanException">The table has no such cost.</exception>
    public static int MeasureOf(string name, SensitivityTable table, string place)
    {
        var names = table.Measures.Select(m => m.Name).ToList();
        if (names.IndexOf(name) is >= 0 and var measure)
        {
            return measure;
        }

        var guess = NearestName.Of(name, names) is { } nearest ? $"did you mean '{nearest}'? " : "";
        throw new PlanException(place, $"'{name}' is no cost of this table", names.Count == 0 ? "the table has none" : $"{guess}one of {string.Join(", ", names)}");
    }

    /// <summary>The costs with every layer at its fewest and at its most bits, tied layers among the widths that they share.</summary>
    public static (long Fewest, long Most) Extent(SensitivityTable table, int measure)
    {
        var walk = new ChoiceWalk(table, SchedulePattern.Free);
        return (walk.Choices.Sum(c => c[0].Costs[measure]), walk.Choices.Sum(c => c[^1].Costs[measure]));
    }

    private static long? Counts(string amount, SensitivityTable table, int measure)
    {
        var digits = amount.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (!decimal.TryParse(amount[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1e12m)
        {
            return null;
        }

        var unit = amount[digits..].Trim();
        if (unit.Length == 0)
        {
            var (fewest, most) = Extent(table, measure);
            return number <= 1 ? fewest + (long)Math.Floor(number * (most - fewest)) : null;
        }

        var counts = UnitsOf(table.Measures[measure]).Where(u => u.Unit.Equals(unit, StringComparison.OrdinalIgnoreCase)).Select(u => u.Counts).FirstOrDefault();
        return counts > 0 && number * counts < long.MaxValue ? (long)(number * counts) : null;
    }

    private static (string Unit, decimal Counts)[] UnitsOf(CostMeasure measure) =>
        Units.GetValueOrDefault(measure.Name) ?? [(measure.Unit, measure.CountsPerUnit)];

    private static string Right(CostMeasure measure) =>
        $"a share from 0 to 1 of the way from fewest to most bits, or an amount in {string.Join(", ", UnitsOf(measure).Select(u => u.Unit))}";
}
